import { describe, expect, it } from "vitest";
import { uuidV5 } from "../../../lambdas/domain/actor/hash.ts";
import { optionUuid, replyOptions } from "../../../lambdas/domain/proactive/reply-options.ts";

const chip = (label: string, id = label) => ({ id, label });
const labels = (chips: readonly { id: string; label: string }[]) => replyOptions("acme", chips).map(({ text }) => text);

describe("a UUID made of a name", () => {
  it("is the one of RFC 9562's example", () => {
    expect(uuidV5("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe(
      "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    );
  });
});

describe("an option's id", () => {
  it("is a UUID of version 5, and the same every time", () => {
    expect(optionUuid("acme", "pricing")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(optionUuid("acme", "pricing")).toBe(optionUuid("acme", "pricing"));
  });

  it("is another for another chip and another product, in whatever script they are named", () => {
    const ids = [
      optionUuid("acme", "料金"),
      optionUuid("acme", "支払い"),
      optionUuid("acme", "é"),
      optionUuid("other", "料金"),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("the options of an offer", () => {
  it("are the chips' labels, trimmed, with the ids of the chips", () => {
    expect(replyOptions("acme", [chip(" Yes\n", "yes"), chip("No", "no")])).toEqual([
      { text: "Yes", uuid: optionUuid("acme", "yes") },
      { text: "No", uuid: optionUuid("acme", "no") },
    ]);
  });

  it("are three at most, and blank ones do not count", () => {
    expect(labels(["", "a", " \u2003", "b", "c", "d"].map((label) => chip(label)))).toEqual(["a", "b", "c"]);
  });
});
