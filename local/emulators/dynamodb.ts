import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { type Backend, forwardTo } from "../aws-protocol.ts";

export type DynamoDb = {
  readonly backend: Backend;
  createTable(input: CreateTableCommandInput): Promise<void>;
  close(): Promise<void>;
};

/** DynamoDB, played by dynalite: no expiry by TTL, no backups, no transactions. Tables are active at once. */
export async function startDynamoDb(credentials: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}): Promise<DynamoDb> {
  const server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { backend, close } = forwardTo(endpoint);
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials });
  return {
    backend,
    createTable: async (input) => void (await client.send(new CreateTableCommand(input))),
    close: () => {
      client.destroy();
      close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
