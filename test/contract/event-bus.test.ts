import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEventBridgeDomainEvents } from "../../lambdas/adapters/events/domain-events.ts";
import type { DomainEvent } from "../../lambdas/domain/actor/domain-event.ts";
import { createEventBuses, type EventBuses } from "../../local/emulators/event-bus.ts";
import type { Gateway } from "../../local/gateway.ts";
import { startAwsGateway } from "../support/aws-gateway.ts";
import { createMemoryTelemetry } from "../support/memory/telemetry.ts";

let gateway: Gateway;
let client: EventBridgeClient;
let buses: EventBuses;

beforeAll(async () => {
  const started = await startAwsGateway();
  gateway = started.gateway;
  buses = createEventBuses();
  buses.createBus("throughline");
  gateway.connect("events", buses.backend);
  client = new EventBridgeClient(started.client);
});

afterAll(async () => {
  client?.destroy();
  await gateway?.close();
});

const eventOf = (sessionId: string): DomainEvent => ({
  type: "note.posted",
  productId: "acme",
  sessionId,
  conversationId: "c-1",
  at: Date.UTC(2026, 0, 1),
  detail: { actions: 2, tries: 1, waited_ms: 150 },
});

test("events reach the bus under the product's name, ten a request, in order", async () => {
  const telemetry = createMemoryTelemetry();
  const events = Array.from({ length: 12 }, (_, index) => eventOf(`s-${index}`));
  await createEventBridgeDomainEvents({ client, busName: "throughline", telemetry }).publish(events);
  expect(buses.recorded()).toEqual(
    events.map(({ sessionId }) => ({
      bus: "throughline",
      source: "throughline",
      detailType: "note.posted",
      detail: {
        version: "1",
        product_id: "acme",
        session_id: sessionId,
        conversation_id: "c-1",
        at: "2026-01-01T00:00:00.000Z",
        actions: 2,
        tries: 1,
        waited_ms: 150,
      },
    })),
  );
  expect(gateway.counts()).toMatchObject([{ operation: "PutEvents", requests: 2 }]);
  expect(telemetry.entries()).toEqual([]);
});

test("events that the bus does not take are counted and logged, and stop nothing", async () => {
  const telemetry = createMemoryTelemetry();
  await createEventBridgeDomainEvents({ client, busName: "absent", telemetry }).publish([eventOf("s"), eventOf("t")]);
  expect(telemetry.counted("event.lost", "acme")).toBe(2);
  expect(telemetry.entries()[0]).toEqual({
    level: "warn",
    event: "event.lost",
    fields: { product_id: "acme", type: "note.posted", code: "ResourceNotFoundException" },
  });
});

test("a bus that cannot be reached stops nothing", async () => {
  const telemetry = createMemoryTelemetry();
  const interception = gateway.intercept({
    service: "events",
    moment: "before",
    act: () => ({ fail: { code: "AccessDeniedException" } }),
  });
  await createEventBridgeDomainEvents({ client, busName: "throughline", telemetry }).publish([eventOf("s")]);
  interception.remove();
  expect(telemetry.entries().map(({ fields }) => fields.code)).toEqual(["AccessDeniedException"]);
});
