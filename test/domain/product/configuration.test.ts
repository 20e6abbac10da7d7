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
