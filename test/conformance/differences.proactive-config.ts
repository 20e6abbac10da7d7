import type { Difference } from "./difference.ts";

const area = "proactive-config";

/** Both readers of chips have the case, and both read them once, in one place. */
function inBothReaders(
  name: string,
  reason: string,
  ours: { readonly rows: unknown; readonly labels: unknown },
): readonly Difference[] {
  return [
    { area, name: `parseProactiveIntercomMessages: ${name}`, reason, ours: { result: ours.rows } },
    { area, name: `quickReplyLabelsFromMessagesConfig: ${name}`, reason, ours: { result: ours.labels } },
  ];
}

export const proactiveConfigDifferences: readonly Difference[] = [
  {
    area,
    name: "triggerMessageFromDict: truthy text flag kept as is",
    reason: "a flag is true or false; the text false would be taken for true",
    ours: { throws: "Error" },
  },
  {
    area,
    name: "criteriaFromDict: leaf null type accepted",
    reason: "a condition of an unknown type can never hold",
    row: "criteria are evaluated with their parameters; an unknown type is an error with its path",
    ours: { throws: "ZodError" },
  },
  ...inBothReaders("boolean label stringified", "`True` is how Python writes it", {
    rows: [{ id: "msg_0", label: "true", userTourExists: false, userTourId: null }],
    labels: ["true"],
  }),
  ...inBothReaders("v2 list number messages crashes", "what is no list has no chips", { rows: null, labels: null }),
  {
    area,
    name: "parseTourRegistry: integration level defaults are not read",
    reason: "a default that is written down is meant",
    ours: {
      result: {
        registry: {
          product_id: "",
          default_interaction_timeout_s: 5,
          default_cooldown_period_s: 6,
          tours: [{ id: "a", interaction_timeout_s: 5, cooldown_period_s: 6 }],
        },
        get: {},
        getByUserTourId: [],
      },
    },
  },
  {
    area,
    name: "tourRegistryFromDict: tours null crashes",
    reason: "null is no tours",
    ours: {
      result: { product_id: "p", default_interaction_timeout_s: 20, default_cooldown_period_s: 120, tours: [] },
    },
  },
];
