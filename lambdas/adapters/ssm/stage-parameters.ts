import {
  DeleteParameterCommand,
  GetParametersCommand,
  ParameterNotFound,
  PutParameterCommand,
  paginateGetParametersByPath,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { StageParameters } from "../../app/operator-ports.ts";
import { calling } from "../aws/failure.ts";
import { readParameters } from "./parameters.ts";

/** GetParameters takes at most ten names (SSM API reference). */
const MAX_NAMES = 10;

function chunked(names: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(names.length / MAX_NAMES) }, (_, at) =>
    names.slice(at * MAX_NAMES, (at + 1) * MAX_NAMES),
  );
}

/**
 * A stage's parameters in SSM. Secrets are SecureStrings under the account's own key for SSM; a document that outgrows
 * the 4 KB of the free tier becomes an advanced parameter by itself.
 *
 * @param options.prefix e.g. `/throughline/prod`.
 * @throws RetryableError, TerminalError
 */
export function createSsmStageParameters(options: {
  readonly client: SSMClient;
  readonly prefix: string;
}): StageParameters {
  const { client, prefix } = options;
  const full = (name: string) => `${prefix}/${name}`;
  const short = (name: string) => name.slice(prefix.length + 1);

  return {
    read: async (names) => {
      const read = await Promise.all(chunked(names.map(full)).map((some) => readParameters(client, some)));
      return new Map(read.flatMap((some) => [...some]).map(([name, value]) => [short(name), value]));
    },
    existing: async (names) => {
      const found = await Promise.all(
        chunked(names.map(full)).map((some) =>
          calling("GetParameters", "read", () =>
            client.send(new GetParametersCommand({ Names: [...some], WithDecryption: false })),
          ),
        ),
      );
      return new Set(found.flatMap(({ Parameters: some = [] }) => some.map(({ Name: name = "" }) => short(name))));
    },
    write: async (name, value, kind) => {
      const command = new PutParameterCommand({
        Name: full(name),
        Value: value,
        Type: kind === "secret" ? "SecureString" : "String",
        Overwrite: true,
        Tier: "Intelligent-Tiering",
      });
      await calling("PutParameter", "write", () => client.send(command));
    },
    list: async (path) => {
      const names: string[] = [];
      const pages = paginateGetParametersByPath({ client }, { Path: full(path), Recursive: true });
      while (true) {
        const page = await calling("GetParametersByPath", "read", () => pages.next());
        if (page.done) return names;
        names.push(...(page.value.Parameters ?? []).map(({ Name: name = "" }) => short(name)));
      }
    },
    remove: (name) =>
      calling("DeleteParameter", "write", async () => {
        try {
          await client.send(new DeleteParameterCommand({ Name: full(name) }));
        } catch (error) {
          if (!(error instanceof ParameterNotFound)) throw error;
        }
      }),
  };
}
