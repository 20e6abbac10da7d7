import fc from "fast-check";
import click from "../../fixtures/sources/wire/fullstory-stream-click.json" with { type: "json" };
import batch from "../../fixtures/sources/wire/posthog-batch.json" with { type: "json" };
import template from "../../fixtures/sources/wire/posthog-default-template.json" with { type: "json" };
import flat from "../../fixtures/sources/wire/posthog-flat-click.json" with { type: "json" };
import captured from "../../fixtures/sources/wire/posthog-js-1.430.0.json" with { type: "json" };
import { canary } from "../canaries.ts";
import { hostileId, hostileText, markedText } from "./text.ts";

/** The public key of a product's pages. */
export const projectKeyFor = (productId: string): string => `${productId}.k3y-of-pages`;

export const webhookEvents: readonly unknown[] = [flat, template, batch, [flat, template]];
export const fullstoryClicks: readonly unknown[] = [click, [click, click]];
export const browserEvents: readonly unknown[] = [{ ...captured, api_key: projectKeyFor("acme") }];

const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Moments as clocks tell them that are right, wrong, or out of their mind. */
const moment = fc.oneof(
  { weight: 3, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) },
  { weight: 3, arbitrary: fc.constantFrom("2026-01-01T00:00:01.5Z", 1_767_225_601, 1_767_225_601_000, "1767225601") },
  { weight: 1, arbitrary: fc.constantFrom(-1, 1e300, 0, "0001-01-01T00:00:00Z", "9999-12-31T23:59:60Z", "NaN", null) },
);

const quoted = (text: string): string => text.replaceAll('"', '\\"');

const chain = fc.oneof(
  fc
    .tuple(fc.constantFrom("button", "a", "input", "div", "p"), markedText, hostileText())
    .map(([tag, text, label]) => `${tag}:attr__aria-label="${quoted(label)}"text="${quoted(text)}";form:nth-child="1"`),
  hostileText(),
  fc.constantFrom('button:text="', "\\".repeat(9_999), '\\"'.repeat(9_999), 'a="'.repeat(6_000), ";".repeat(20_001)),
);

const address = fc.oneof(
  hostileText().map((text) => `https://app.example.com/${text}?q=${text}#${text}`),
  fc.constantFrom(`https://jane:${canary.text}@app.example.com/${canary.email}`, `javascript:${canary.text}`, ""),
  hostileText(),
);

const name = fc.oneof(
  fc.constantFrom("$pageview", "$autocapture", "$rageclick", "$exception", "$$heatmap"),
  markedText,
);

const properties = fc.record(
  {
    $session_id: hostileId,
    $current_url: address,
    $event_type: fc.constantFrom("click", "change", "submit", "copy"),
    $elements_chain: chain,
    $el_text: markedText,
    $user_id: hostileId,
    $is_identified: fc.boolean(),
    email: fc.constant(canary.email),
    $exception_types: fc.array(markedText, { maxLength: 2 }),
    ["__proto__"]: fc.constant({ polluted: canary.text }),
  },
  { requiredKeys: ["$session_id"] },
);

const event = fc.record({
  event: name,
  uuid: maybe(hostileId),
  distinct_id: maybe(hostileId),
  timestamp: maybe(moment),
  offset: maybe(fc.constantFrom(0, 1_500, -1, 1e300, "1")),
  properties,
});

const anyEvents = fc.array(fc.oneof({ weight: 6, arbitrary: event }, { weight: 1, arbitrary: hostileText() }), {
  maxLength: 5,
});

export const oddWebhookEvents = fc.oneof(
  event,
  anyEvents,
  fc.record({ event, person: fc.record({ properties: fc.record({ email: fc.constant(canary.email) }) }) }),
);

export const oddBrowserEvents = fc.record({
  api_key: fc.constantFrom("acme", "acme", "acme-2", "__proto__", "constructor").map(projectKeyFor),
  batch: anyEvents,
  sent_at: maybe(moment),
});

const oddClick = fc.record({
  page_url: address,
  session_id: maybe(hostileId),
  target_text: maybe(markedText),
  element_name: maybe(markedText),
  timestamp: maybe(moment),
  timestamp_unix: maybe(moment),
  user_id: maybe(hostileId),
  user_email: fc.constant(canary.email),
});

export const oddClicks = fc.oneof(oddClick, fc.array(oddClick, { maxLength: 4 }));
