import { describe, expect, it } from "vitest";
import { readDocument, readUsable } from "../../../lambdas/domain/product/read-document.ts";

const intercom = { admin_id: "9001" };
const leaf = { id: "c", name: "Wanders", type: "url_change" };
const messages = [{ id: "m", label: "Show me" }];
const sound = { id: "a", name: "A", proactive_criteria: leaf, messages };

const withEntries = (...entries: readonly unknown[]) => ({
  intercom,
  integration_config: { proactive_intercom: entries },
});

/** What is in use, and where something was left out. */
function use(value: unknown) {
  const read = readUsable(value);
  if (!read.ok) return { broken: read.problem.path };
  const { document, skipped, leftOut } = read;
  return { integration: document.integration_config, document, paths: skipped.map(({ path }) => path), leftOut };
}

describe("a broken entry of proactive_intercom", () => {
  it.each([
    ["no object", 5, ""],
    ["no criteria", { ...sound, proactive_criteria: undefined }, ".proactive_criteria"],
    [
      "a condition of unknown type",
      { ...sound, proactive_criteria: { ...leaf, type: "moon" } },
      ".proactive_criteria.type",
    ],
    [
      "one deep in a group",
      {
        ...sound,
        proactive_criteria: { id: "g", name: "G", operator: "AND", conditions: [leaf, { ...leaf, type: "moon" }] },
      },
      ".proactive_criteria.conditions[1].type",
    ],
    ["four chips", { ...sound, messages: [...messages, ...messages, ...messages, ...messages] }, ".messages"],
    ["no chips", { ...sound, messages: [] }, ".messages"],
    [
      "a tour without an id",
      { ...sound, messages: [{ ...messages[0], user_tour_exists: true }] },
      ".messages[0].user_tour_id",
    ],
  ])("with %s is left out and named by its path", (_, entry, where) => {
    const path = "integration_config.proactive_intercom[1]";
    expect(use(withEntries(sound, entry, sound))).toMatchObject({
      integration: { proactive_intercom: [sound, sound] },
      paths: [`${path}${where}`],
      leftOut: [path],
    });
  });

  it("is a problem to the operator who writes it", () => {
    const read = readDocument(withEntries(sound, { ...sound, proactive_criteria: { ...leaf, type: "moon" } }));
    expect(read).toMatchObject({
      problems: [
        {
          path: "integration_config.proactive_intercom[1].proactive_criteria.type",
          reason: expect.stringMatching(/^must be one of .*url_change/),
        },
      ],
    });
    expect(JSON.stringify(read)).not.toContain("moon");
  });
});

describe("what else is broken", () => {
  it("costs a trigger, a rule or a tour, if it is in one", () => {
    const dwell = { id: "user_page_dwell", name: "Dwells", description: "Stays on a page" };
    const value = {
      intercom,
      proactive: {
        triggers: [{ ...dwell, id: "moon_phase" }, { ...dwell, threshold_s: -1 }, dwell],
        section_rules: [{ prefix: "/a" }],
      },
      integration_config: { tour_registry: [{ user_tour_id: "t" }, { id: "t" }] },
    };
    expect(use(value)).toMatchObject({
      document: { proactive: { triggers: [dwell], section_rules: [] } },
      integration: { tour_registry: [{ id: "t" }] },
      paths: [
        "proactive.triggers[0].id",
        "proactive.triggers[1].threshold_s",
        "proactive.section_rules[0].section_id",
        "integration_config.tour_registry[0].id",
      ],
    });
  });

  it("costs a key of integration_config, which was written for another system", () => {
    const integration_config = { proactive_intercom: [sound], tour_registry: {}, tour_offer_body: 5 };
    expect(use({ intercom, integration_config })).toMatchObject({
      integration: { proactive_intercom: [sound] },
      leftOut: ["integration_config.tour_registry", "integration_config.tour_offer_body"],
    });
  });

  it("costs the document anywhere else, even beside a broken entry", () => {
    expect(use({ ...withEntries(5), proactive: { enabled: "no" } })).toEqual({ broken: "proactive.enabled" });
    expect(use({ intercom, integration_config: "{}" })).toEqual({ broken: "integration_config" });
  });
});

describe("an integration_config", () => {
  it.each([undefined, null, []])("that is %j says nothing", (nothing) => {
    expect(use({ intercom, integration_config: nothing })).toMatchObject({ paths: [], leftOut: [] });
  });

  it("may be of the older form, in which a broken chip costs no other", () => {
    const older = { messages: [{ label: "A", offers_tour: true, flow_id: "t" }, 5] };
    expect(use({ intercom, integration_config: { proactive_intercom: older } })).toMatchObject({
      integration: { proactive_intercom: { messages: [older.messages[0]] } },
      paths: ["integration_config.proactive_intercom.messages[1]"],
    });
  });

  it("stays as it was written, so that it can be shown and written back", () => {
    const entry = {
      ...sound,
      proactive_criteria: {
        id: "g",
        name: "G",
        operator: "OR",
        conditions: [{ ...leaf, type: "idle_for", seconds: 9 }],
      },
    };
    expect(use(withEntries(entry)).integration).toMatchObject({ proactive_intercom: [entry] });
  });
});

describe("the version of quick replies", () => {
  it.each(["Unstable", "Preview", "2.14", "2.16", "3.0"])("may be %s", (quick_reply_version) => {
    expect(use({ intercom, proactive: { quick_reply_version } })).toMatchObject({ paths: [] });
  });

  it.each(["2.11", "2.12", "2.13", "2.9", "unstable", ""])("may not be %j, which has none", (quick_reply_version) => {
    expect(use({ intercom, proactive: { quick_reply_version } })).toEqual({ broken: "proactive.quick_reply_version" });
  });
});
