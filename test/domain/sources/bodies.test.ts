import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFullstoryBody } from "../../../lambdas/domain/sources/fullstory-body.ts";
import { readPosthogBody } from "../../../lambdas/domain/sources/posthog-body.ts";
import { toAction } from "../../../lambdas/domain/sources/to-action.ts";
import { rulesWith } from "../../support/extraction.ts";

const wire = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../fixtures/sources/wire/${name}.json`, import.meta.url), "utf8"));

const click = {
  name: "$autocapture",
  gesture: "click",
  sessionId: "019d8d00-e203-7294-b506-e4fa032cd5c3",
  userId: "user-462718483",
};
const clickedAt = Date.parse("2026-04-14T17:31:16.482Z");

describe("a body of PostHog's", () => {
  it("in a connector's flat template is one event, known by its content alone", () => {
    const [event, ...rest] = readPosthogBody(wire("posthog-flat-click")) ?? [];
    expect(rest).toEqual([]);
    expect(event).toMatchObject({
      ...click,
      uuid: null,
      at: clickedAt,
      email: "jane@example.com",
      url: "https://app.example.com/reports?tab=sales",
      label: "Export CSV",
    });
    expect(event?.elements[0]).toMatchObject({ tag: "button", text: "Export CSV" });
  });

  it("in a flat template that leaves the page out is in its session all the same", () => {
    expect(readPosthogBody({ event: "report exported", session_id: "s-1", distinct_id: "u-1" })).toMatchObject([
      { sessionId: "s-1", userId: "u-1", url: "" },
    ]);
  });

  it("of somebody who has not signed in has no user", () => {
    expect(readPosthogBody(wire("posthog-flat-pageview"))).toMatchObject([
      { name: "$pageview", userId: null, email: null, sessionId: click.sessionId },
    ]);
  });

  it("in PostHog's default form is the event, with its UUID and its person's address", () => {
    expect(readPosthogBody(wire("posthog-default-template"))).toMatchObject([
      { ...click, uuid: "019d8d00-f3a1-7c55-9a10-6b2d3e4f5a6b", at: clickedAt, email: "jane@example.com" },
    ]);
  });

  it("that is a batch is its events", () => {
    expect(readPosthogBody(wire("posthog-batch"))).toMatchObject([{ ...click, at: clickedAt, label: "Export CSV" }]);
  });

  it("may be a list of any of these", () => {
    const list = [wire("posthog-flat-click"), wire("posthog-default-template"), "no event", null];
    expect(readPosthogBody(list)).toMatchObject([click, click, null, null]);
  });

  it.each([{}, { batch: "x" }, { event: 1 }, "x", 3, null])("is not %j", (body) => {
    expect(readPosthogBody(body)).toBeNull();
  });

  it("may say when it was sent, and how long before that an event happened", () => {
    const event = { event: "$pageview", uuid: "u", offset: 1_500, properties: {}, distinct_id: "d" };
    expect(readPosthogBody({ batch: [event], sent_at: "2026-04-14T17:31:16.482Z" })).toMatchObject([
      { sentAt: clickedAt, at: clickedAt - 1_500 },
    ]);
  });
});

describe("a list of more than a body may hold", () => {
  it.each([
    ["PostHog's", (list: readonly unknown[]) => readPosthogBody(list)],
    ["a batch of PostHog's", (list: readonly unknown[]) => readPosthogBody({ batch: list })],
    ["FullStory's", (list: readonly unknown[]) => readFullstoryBody(list)],
  ])("is read no further than shows it: %s", (_, read) => {
    let looked = 0;
    const entry = Object.defineProperty({}, "event", { enumerable: true, get: () => void looked++ });
    expect(read(Array(50_000).fill(Object.assign(entry, { page_url: 1 })))).toHaveLength(1_001);
    expect(looked).toBeLessThan(20_000);
  });
});

describe("whose event it is", () => {
  const anonymous = "019d8cff-1111-7aaa-bbbb-ccccddddeeee";
  it.each([
    ["the user that the library names", { $user_id: "u-1", $is_identified: true }, "u-1", "u-1"],
    ["the user, though the id is a UUID", { $is_identified: true }, anonymous, anonymous],
    ["nobody's while the library says so", { $is_identified: false }, "u-1", null],
    ["nobody's by a made-up id", {}, anonymous, null],
    ["nobody's by the device's id", { $device_id: "d-1" }, "d-1", null],
    ["nobody's by an integration's mistake", {}, "undefined", null],
    ["the user's by an id of the product's own", {}, "jane@example.com", "jane@example.com"],
  ])("is %s", (_, properties, distinct_id, userId) => {
    expect(readPosthogBody({ event: "x", distinct_id, properties })).toMatchObject([{ userId }]);
  });

  it("is in the session that it names, or that of its distinct id, or in none", () => {
    const sessions = [
      { properties: { $session_id: "s-1" }, distinct_id: "d-1" },
      { properties: {}, distinct_id: "d-1" },
      { properties: { $session_id: "x".repeat(257) } },
    ].map((fields) => readPosthogBody({ event: "x", ...fields })?.[0]?.sessionId);
    expect(sessions).toEqual(["s-1", "d-1", null]);
  });
});

describe("an id that is everybody's", () => {
  const ids = ["undefined", "null", " Anonymous ", "$posthog_cookieless", "0", "[object Object]"];

  it.each(ids)("%j makes no session and no user", (id) => {
    const event = { event: "$pageview", distinct_id: id, properties: { $user_id: id, $is_identified: true } };
    const flat = { event: "$pageview", distinct_id: id, current_url: "https://a.example/" };
    const click = { page_url: "https://a.example/", user_id: id };
    const read = [readPosthogBody(event), readPosthogBody(flat), readFullstoryBody(click)];
    expect(read.flat()).toMatchObject(Array(3).fill({ sessionId: null, userId: null }));
  });

  it("is no matter in a session that is named", () => {
    const properties = { $session_id: "s-1" };
    expect(readPosthogBody({ event: "$pageview", distinct_id: "$posthog_cookieless", properties })).toMatchObject([
      { sessionId: "s-1", userId: null },
    ]);
  });
});

describe("elements in the older form", () => {
  it("are read where there is no chain", () => {
    const $elements = [
      { tag_name: "BUTTON", $el_text: "Save", classes: ["btn"], attr__id: "save", nth_child: 1 },
      "no element",
      { tag_name: "form" },
    ];
    expect(readPosthogBody({ event: "$autocapture", properties: { $elements } })?.[0]?.elements).toEqual([
      { tag: "button", text: "Save", attributes: { id: "save" } },
      { tag: "form", text: "", attributes: {} },
    ]);
  });
});

describe("a body of FullStory's", () => {
  it("is a click in the session that FullStory's own API names", () => {
    expect(readFullstoryBody(wire("fullstory-stream-click"))).toMatchObject([
      {
        name: "$autocapture",
        uuid: null,
        sessionId: "3350978756809951428:8226444501427639735",
        userId: "user-462718483",
        email: "jane@example.com",
        at: Date.parse("2025-10-21T14:17:34.073Z"),
        url: "https://app.example.com/reports",
      },
    ]);
  });

  it("on a field says nothing of what stands in it", () => {
    const body = { page_url: "https://a.example/signup", element_name: "E-mail field", target_text: "jane" };
    const [click] = readFullstoryBody(body) ?? [];
    expect(click && toAction(click, rulesWith())?.description).toBe("Went to the E-mail field on the Signup page");
  });

  it.each(["Comment box", "Search", "Country dropdown", "Assignee picker", "Notes area", "Password"])(
    "on a %s says nothing of what stands in it, or was chosen",
    (element_name) => {
      const [click] = readFullstoryBody({ page_url: "https://a.example/x", element_name, target_text: "jane" }) ?? [];
      expect(click && JSON.stringify(toAction(click, rulesWith()))).not.toContain("jane");
    },
  );

  it.each([{}, null, "x", { page_url: 1 }])("is not %j", (body) => {
    expect(readFullstoryBody(body)).toBeNull();
  });
});
