import fc from "fast-check";
import created from "../../fixtures/intercom/webhook-created.json" with { type: "json" };
import ping from "../../fixtures/intercom/webhook-ping.json" with { type: "json" };
import replied from "../../fixtures/intercom/webhook-replied.json" with { type: "json" };
import quickReply from "../../fixtures/intercom/webhook-replied-quick-reply.json" with { type: "json" };
import { wireAction, wireBatch } from "../../support/wire.ts";
import { canary } from "../canaries.ts";
import { anyBytes, encoded, inForm } from "./bytes.ts";
import {
  browserEvents,
  fullstoryClicks,
  oddBrowserEvents,
  oddClicks,
  oddWebhookEvents,
  webhookEvents,
} from "./events.ts";
import { almost, hostileJson } from "./json.ts";
import { hostileId, hostileText, markedText } from "./text.ts";

export const edgeNames = [
  "actions",
  "webhook",
  "link",
  "tour",
  "labels",
  "products",
  "posthog",
  "fullstory",
  "events",
  "token",
] as const;

export type EdgeName = (typeof edgeNames)[number];

/** The fixtures as they are, but that whoever is named and whatever is said in them is marked. */
const marked = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value)
      .replaceAll("jane@example.com", canary.email)
      .replaceAll(/<p>[^<]*<\/p>|Clicked Export|Export/g, canary.text),
  );

const who = { user_id: "user-1", email: canary.email, conversation_id: "215474343849634" };

const fixtures: Readonly<Record<EdgeName, readonly unknown[]>> = {
  actions: [marked(wireBatch(who)), marked(wireBatch({ actions: [wireAction(who), wireAction()] }))],
  webhook: [created, replied, quickReply, ping].map(marked),
  link: [{ product_id: "acme", session_id: "s-1", conversation_id: "215474343849634", user_id: "user-1" }],
  tour: [{ product_id: "acme", session_id: "s-1", progress: "step", flow_id: "tour-1", step: 2, id: "report-1" }],
  labels: [{ session_id: "s-1", conversation_id: "215474343849634", action_count: 1 }],
  products: [
    {
      product_id: "added",
      admin_id: "9001",
      access_token: canary.accessToken,
      client_secret: canary.clientSecret,
      configuration: { bin_seconds: 3, allowed_origins: ["https://app.example.com"], link: { policy: "first" } },
    },
  ],
  posthog: webhookEvents.map(marked),
  fullstory: fullstoryClicks.map(marked),
  events: browserEvents.map(marked),
  token: [{ product_id: "acme", session_id: "s-1" }],
};

const plausibleS = fc.oneof(
  fc.constantFrom(0, 946_684_800, 4_102_444_800, 1_767_225_600.000_001, 1_764_000_000.999_999),
  fc.double({ min: 946_684_800, max: 4_102_444_800, noNaN: true }),
);

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** An action that the edge must take, whatever it says. */
export const odd = {
  action: fc.record({
    index: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
    type: maybe(hostileText()),
    title: maybe(markedText),
    description: maybe(markedText),
    timestamp_start: maybe(plausibleS),
    timestamp_end: maybe(plausibleS),
    raw_url: maybe(markedText),
    canonical_url: maybe(hostileText()),
    user_id: maybe(hostileText(20)),
    email: maybe(fc.constantFrom(canary.email, `${canary.text}@`, "")),
    conversation_id: maybe(hostileText(20)),
  }),
};

/** A batch that the edge must take, from sessions, of users and with words that are as odd as can be. */
export const oddBatch = fc.record({
  product_id: fc.constant("acme"),
  session_id: hostileId,
  user_id: maybe(hostileId),
  email: maybe(fc.constantFrom(canary.email, `${canary.text}@`, "")),
  conversation_id: maybe(hostileId),
  actions: fc.array(odd.action, { maxLength: 5 }),
});

const oddLink = fc.record({
  product_id: fc.constantFrom("acme", "acme", "acme-2", "__proto__"),
  session_id: hostileId,
  conversation_id: hostileId,
  user_id: maybe(hostileId),
  user_hash: maybe(hostileId),
});

const oddTokenRequest = fc.record({
  product_id: fc.constantFrom("acme", "acme", "acme-2", "__proto__"),
  session_id: hostileId,
  user_id: maybe(hostileId),
  user_hash: maybe(hostileId),
});

const oddTour = fc.record({
  product_id: fc.constantFrom("acme", "acme", "acme-2", "__proto__"),
  session_id: hostileId,
  progress: fc.constantFrom("started", "step", "completed", "dismissed", "reaction", "__proto__"),
  flow_id: maybe(hostileId),
  step: maybe(fc.constantFrom(1, 10_000, 10_001, 0, 1.5)),
  id: maybe(hostileId),
  user_id: maybe(hostileId),
  user_hash: maybe(hostileId),
});

const oddLabels = fc.record({
  session_id: hostileId,
  conversation_id: maybe(hostileId),
  action_count: maybe(fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER, -1, 0.5)),
});

/** A notification of somebody with an odd name, about an odd conversation. */
const oddWebhook = fc
  .tuple(hostileId, hostileId, hostileId, fc.constantFrom("user", "lead", "admin", "__proto__"))
  .map(([id, conversationId, externalId, type]) => {
    const { data } = created;
    const { item } = data;
    const source = { ...item.source, author: { ...item.source.author, type, email: canary.email } };
    const contacts = { contacts: [{ id: item.source.author.id, external_id: externalId }] };
    return { ...created, id, data: { ...data, item: { ...item, id: conversationId, source, contacts } } };
  });

const accepted: Readonly<Record<EdgeName, fc.Arbitrary<unknown>>> = {
  actions: fc.oneof(oddBatch, fc.array(oddBatch, { minLength: 1, maxLength: 4 })),
  webhook: oddWebhook,
  link: oddLink,
  tour: oddTour,
  labels: oddLabels,
  products: fc.constantFrom(...fixtures.products),
  posthog: oddWebhookEvents,
  fullstory: oddClicks,
  events: oddBrowserEvents,
  token: oddTokenRequest,
};

/** A description as long as a body may be, and two that are as long as an action may be once they are escaped. */
const large = fc.constantFrom("x".repeat(1_048_000), "😀".repeat(7_800), "\ud800".repeat(5_200), '"<&'.repeat(4_000));

const largeBatch = large.map((description) => JSON.stringify(wireBatch({ actions: [wireAction({ description })] })));

/** Bodies that were made for this edge, none of them with love. */
export function bodyFor(edge: EdgeName): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 6, arbitrary: encoded(accepted[edge].map((value) => JSON.stringify(value))) },
    { weight: 6, arbitrary: encoded(almost(fixtures[edge])) },
    { weight: 2, arbitrary: encoded(hostileJson) },
    { weight: 1, arbitrary: anyBytes },
    ...(edge === "actions" ? [{ weight: 1, arbitrary: encoded(largeBatch) }] : []),
    ...(edge === "events"
      ? [{ weight: 3, arbitrary: inForm(encoded(accepted.events.map((value) => JSON.stringify(value)))) }]
      : []),
  );
}
