import { describe, expect, it } from "vitest";
import { readStoredDocument } from "../../cli/stored-document.ts";

const leaf = { id: "c", name: "Wanders", type: "url_change" };
const entry = (...messages: readonly object[]) => ({ id: "e", name: "E", proactive_criteria: leaf, messages });
const chip = (id: string, more: object = {}) => ({ id, label: `Label ${id}`, ...more });

const trigger = (id: string, more: object = {}) => ({ id, name: "T", description: "A trigger", ...more });

const judge = (integration_config: object, proactive: object = {}) =>
  readStoredDocument(JSON.stringify({ intercom: { admin_id: "9001" }, integration_config, proactive }));

const warned = (integration_config: object, proactive: object = {}) =>
  judge(integration_config, proactive).warnings.map(({ path, reason }) => `${path} ${reason}`);

const messages = "integration_config.proactive_intercom[0].messages";

describe("a configuration that is hardly meant", () => {
  it("has chips that the user cannot tell apart, or the platform", () => {
    const twins = entry(chip("a", { label: "Straße" }), chip("a", { label: " STRASSE" }));
    expect(warned({ proactive_intercom: [twins, entry(chip("a", { label: "Straße" }))] })).toEqual([
      `${messages}[1].label is the label of an earlier chip: the user cannot tell them apart`,
      `${messages}[1].id is the id of an earlier chip`,
    ]);
  });

  it("has chips that lead to a tour which is not in the registry", () => {
    const tour = (user_tour_id: string) => ({ user_tour_exists: true, user_tour_id });
    const proactive_intercom = [entry(chip("a", tour("known")), chip("b", tour("unknown")))];
    const tour_registry = [{ id: "x", user_tour_id: "known" }];
    expect(warned({ proactive_intercom, tour_registry })).toEqual([
      `${messages}[1].user_tour_id is not in integration_config.tour_registry: the tour has no timings of its own`,
    ]);
  });

  it("has chips of the older form that offer a tour which nobody named, lack a label or come fourth", () => {
    const older = [{ offers_tour: true, label: "A" }, { label: " " }, { label: "C" }, { label: "D" }];
    const at = "integration_config.proactive_intercom.messages";
    expect(warned({ proactive_intercom: { messages: older } })).toEqual([
      `${at}[0].user_tour_id is missing, and there is no default tour: none is offered`,
      `${at}[1].label is blank: the chip is left out`,
      `${at}[3] is never offered: an offer has 3 chips`,
    ]);
  });

  it("names a trigger twice, or one that can never fire", () => {
    const triggers = [trigger("user_page_dwell"), trigger("section_playbook_match"), trigger("user_page_dwell")];
    expect(warned({}, { triggers })).toEqual([
      "proactive.triggers[1].id never fires without proactive.section_playbook",
      "proactive.triggers[2].id is named by an earlier row, which comes first",
    ]);
  });

  it("has keys that mean nothing, however deep", () => {
    const proactive_intercom = [
      {
        ...entry(chip("a", { user_tour: "t" })),
        proactive_criteria: {
          ...{ id: "g", name: "G", operator: "AND" },
          conditions: [{ id: "c", name: "C", type: "url_contains", value: "/a", pattern: "/b" }],
        },
      },
    ];
    const triggers = [trigger("user_page_dwell", { treshold_s: 5, min_cycles: 2 })];
    expect(warned({ proactive_intercom }, { triggers, section_playbook: { any: { body: "Hi", text: "" } } })).toEqual([
      "integration_config.proactive_intercom[0].proactive_criteria.conditions[0].pattern is unknown and means nothing",
      `${messages}[0].user_tour is unknown and means nothing; is user_tour_id meant?`,
      "proactive.triggers[0].treshold_s is unknown and means nothing; is threshold_s meant?",
      "proactive.triggers[0].min_cycles is unknown and means nothing",
      "proactive.section_playbook.any.text is unknown and means nothing",
    ]);
  });
});

describe("a configuration with a broken entry", () => {
  it("is a problem, and says what is left out until it is mended", () => {
    const broken = { ...entry(chip("a")), messages: [] };
    expect(judge({ proactive_intercom: [entry(chip("a")), broken] })).toMatchObject({
      document: undefined,
      problems: [{ path: "integration_config.proactive_intercom[1].messages" }],
      leftOut: ["integration_config.proactive_intercom[1]"],
    });
  });
});
