import type { Difference } from "./difference.ts";

/** Every case of the vectors in which our code does something else than the reference. */
export const differences: readonly Difference[] = [
  {
    area: "note-format",
    name: "formatNote: null description renders the word None",
    reason: "`None` is a word of Python's; an action without a description is a line without one",
    ours: { result: "session_id: ps_1\ntimestamp: 2023-11-14 22:15:00 UTC\n\n[1] " },
  },
  {
    area: "note-format",
    name: "formatNote: infinite timestamp sorts last and breaks binning",
    reason: "the edge refuses a time that is no number; a bin after all others is what such a time means in arithmetic",
    ours: { result: "session_id: ps_1\ntimestamp: 1970-01-01 00:00:01 UTC\n\n[1] y\n\n[2] x" },
  },
  {
    area: "payload",
    name: "actionsPayloadMerge: mixed type forwarded_at",
    reason: "types are checked at the edge, once; a merge after it has nothing to refuse",
    ours: {
      result: {
        product_id: "prod",
        session_id: "ps_1",
        user_id: "u",
        email: "e@x",
        conversation_id: null,
        actions: [],
        count: 0,
        forwarded_at: 10,
      },
    },
  },
];
