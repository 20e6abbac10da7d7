import { describe, expect, it } from "vitest";
import { readDocument } from "../../../lambdas/domain/product/read-document.ts";

const problemsOf = (origin: unknown) => {
  const read = readDocument({ intercom: { admin_id: "9001" }, allowed_origins: ["https://ok.example.com", origin] });
  return read.ok ? [] : read.problems.map(({ path }) => path);
};

describe("an allowed origin", () => {
  it.each([
    "https://app.example.com",
    "https://example.com:8443",
    "https://localhost",
    "http://localhost",
    "http://localhost:5173",
  ])("may be %s", (origin) => {
    expect(problemsOf(origin)).toEqual([]);
  });

  it.each([
    "https://app.example.com/",
    "https://App.example.com",
    "https://*.example.com",
    "http://app.example.com",
    "http://localhost.example.com",
    "http://localhost:*",
    "https://user@example.com",
    "app.example.com",
    "null",
    "*",
    "",
    7,
  ])("may not be %j", (origin) => {
    expect(problemsOf(origin)).toEqual(["allowed_origins[1]"]);
  });
});

describe("a document that says nothing of pages", () => {
  it("allows none, and asks none to prove its user", () => {
    expect(readDocument({ intercom: { admin_id: "9001" } })).toMatchObject({
      document: { allowed_origins: [], identity_verification: false },
    });
  });
});

describe("the chat platform's address", () => {
  const pathsOf = (base_url: string) => {
    const read = readDocument({ intercom: { admin_id: "9001", base_url } });
    return read.ok ? [] : read.problems.map(({ path }) => path);
  };

  it.each(["https://api.intercom.io", "https://api.eu.intercom.io/", "http://127.0.0.1:4010/mock"])(
    "may be %s",
    (address) => {
      expect(pathsOf(address)).toEqual([]);
    },
  );

  it.each([
    "https://jane:secret@api.intercom.io",
    "https://jane@api.intercom.io",
    "https://api.intercom.io/?x",
    "https://api.intercom.io/?x=1",
    "https://api.intercom.io/#top",
    "ftp://api.intercom.io",
  ])("may not be %s, which no call can be made with", (address) => {
    expect(pathsOf(address)).toEqual(["intercom.base_url"]);
  });
});

describe("a document that no parameter holds", () => {
  const wholly = [{ path: "body", reason: "must be at most 8 KB as JSON, and not nested as deeply as this" }];
  const nested = (levels: number) => JSON.parse("[".repeat(levels) + "]".repeat(levels));

  it.each([
    ["is too long", "x".repeat(8_192)],
    ["is too long in UTF-8 only", "é".repeat(4_096)],
    ["is too deep once it is indented", nested(1_000)],
    ["is deeper than anything can be written", nested(100_000)],
  ])("is refused when it %s", (_, extra) => {
    expect(readDocument({ intercom: { admin_id: "9001" }, extra })).toEqual({ ok: false, problems: wholly });
  });

  it("tells the first twenty problems only", () => {
    const read = readDocument({ intercom: { admin_id: "9001" }, allowed_origins: Array.from({ length: 90 }, () => 1) });
    expect(read).toMatchObject({ ok: false, problems: { length: 20 } });
  });
});
