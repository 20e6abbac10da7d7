import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createEventBuses, type EventBuses, type RecordedEvent } from "../../local/emulators/event-bus.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";

let gateway: Gateway;
let buses: EventBuses;
let client: EventBridgeClient;

beforeEach(async () => {
  gateway = await startGateway();
  buses = createEventBuses();
  buses.createBus("events");
  gateway.connect("events", buses.backend);
  const credentials = { accessKeyId: "test", secretAccessKey: "local" };
  client = new EventBridgeClient({ endpoint: gateway.url, region: "us-east-1", credentials, maxAttempts: 1 });
});

afterEach(async () => {
  client.destroy();
  await gateway.close();
});

const entry = { Source: "throughline", DetailType: "note.posted", Detail: '{"n":1}', EventBusName: "events" };

it("an event is recorded, and whoever listens is told", async () => {
  const told: RecordedEvent[] = [];
  buses.onEvent((event) => told.push(event));

  await client.send(new PutEventsCommand({ Entries: [entry] }));

  const event = { bus: "events", source: "throughline", detailType: "note.posted", detail: { n: 1 } };
  expect(buses.recorded()).toEqual([event]);
  expect(told).toEqual([event]);
});

it("an entry that EventBridge would refuse fails alone", async () => {
  const Entries = [entry, { ...entry, EventBusName: "other" }, { ...entry, Detail: "no JSON" }];

  const { FailedEntryCount, Entries: results } = await client.send(new PutEventsCommand({ Entries }));

  expect(FailedEntryCount).toBe(2);
  expect(results?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    "ResourceNotFoundException",
    "MalformedDetail",
  ]);
  expect(buses.recorded()).toHaveLength(1);
});

it("more than ten entries are refused as a whole", async () => {
  const Entries = Array.from({ length: 11 }, () => entry);

  await expect(client.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({ name: "ValidationException" });
  expect(buses.recorded()).toEqual([]);
});
