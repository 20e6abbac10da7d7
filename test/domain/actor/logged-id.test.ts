import { describe, expect, it } from "vitest";
import { loggedId } from "../../../lambdas/domain/actor/logged-id.ts";

describe("an id in a log line", () => {
  it.each(["215474343849634", "5f0c9a1e-2b7d-4c57-9d3e-5a1f0b6c7d21", "ps_20417_dana", "a.b:c"])(
    "is %s as it is",
    (id) => {
      expect(loggedId(id)).toBe(id);
    },
  );

  it.each(["jane@example.com", "Jane Roe", "<b>", "", "x".repeat(65), "a\nb", "../..", "é"])(
    "is no word of %j, which may be anything that somebody's page made up",
    (id) => {
      expect(loggedId(id)).toMatch(/^hash:[A-Za-z0-9_-]{22}$/);
    },
  );

  it("is another for another id", () => {
    expect(loggedId("jane@example.com")).not.toBe(loggedId("john@example.com"));
  });
});
