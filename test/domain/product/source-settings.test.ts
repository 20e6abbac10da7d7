import { describe, expect, it } from "vitest";
import { readDocument } from "../../../lambdas/domain/product/read-document.ts";
import { toSources } from "../../../lambdas/domain/product/source-settings.ts";
import { maskText } from "../../../lambdas/domain/sources/mask.ts";

const read = (sources: object) => readDocument({ intercom: { admin_id: "9001" }, sources });
const settingsOf = (sources: object) => {
  const document = read(sources);
  if (!document.ok) throw new Error(JSON.stringify(document.problems));
  return toSources(document.document.sources);
};

describe("a product that says nothing of its sources", () => {
  it("hears no page, keeps no query, and leaves out what libraries tell themselves", () => {
    const { projectKey, rules } = settingsOf({});
    expect(projectKey).toBeNull();
    expect(rules).toMatchObject({ keepQuery: [], keepFragment: false, mask: { allow: null, deny: null } });
    expect(rules.lowSignal.has("$pageleave")).toBe(true);
    expect(rules.lowSignal.has("$autocapture")).toBe(false);
  });
});

describe("a product's own lists", () => {
  it("of words are found in any case, and its low-signal events stand in place of ours", () => {
    const { rules } = settingsOf({
      mask_allow: ["Support@Example.com"],
      mask_deny: ["Falcon"],
      low_signal_events: ["ping"],
    });
    expect(maskText("support@example.com, jane@example.com, FALCON", rules.mask)).toBe("support@example.com, ***, ***");
    expect([...rules.lowSignal]).toEqual(["ping"]);
  });
});

describe("a project key", () => {
  it("begins with its product's id", () => {
    expect(settingsOf({ project_key: "acme.12345678" }).projectKey).toBe("acme.12345678");
  });

  it.each(["acme", "acme.short", "a c.12345678", ".12345678", "acme.12345678.x"])("is not %j", (project_key) => {
    expect(read({ project_key })).toMatchObject({ ok: false, problems: [{ path: "sources.project_key" }] });
  });
});
