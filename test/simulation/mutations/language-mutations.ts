import type { Mutation } from "./mutation.ts";

/** Mutations of how notes are summarised, and taken away, and of how users are answered. */
export const languageMutations: readonly Mutation[] = [
  {
    name: "notes-go-while-in-doubt",
    file: "lambdas/domain/session/summary-slot.ts",
    find: 'return keep({ step: "uncertain", attempt, tries, lookAt: Math.max(now + delivery.lookAfterMs, retryAt()) });',
    replace: `return {
        state: {
          ...state,
          summaries: {
            ...summaries,
            slot: { step: "uncertain", attempt, tries, lookAt: Math.max(now + delivery.lookAfterMs, retryAt()) },
            redaction: extendRedaction(summaries.redaction, attempt, now),
          },
        },
        effects: [],
        posted: null,
      };`,
    breaks: "notes go when their summary surely stands",
  },
  {
    name: "absent-summary-counts",
    file: "lambdas/app/post-text.ts",
    find: '.then((found): Outcome => (found ? { kind: "settled", partId: found.partId } : { kind: "absent" }))',
    replace: '.then((found): Outcome => ({ kind: "settled", ...(found ?? {}) }))',
    breaks: "a summary that is not found does not stand",
  },
  {
    name: "redaction-skips-a-row",
    file: "lambdas/domain/session/redaction.ts",
    find: "[{ ...first, after: round.upTo }, ...others]",
    replace: "[{ ...first, after: round.upTo + 1 }, ...others]",
    breaks: "every note goes that a summary replaces",
  },
  {
    name: "clocks-are-one",
    file: "lambdas/app/redaction-call.ts",
    find: "const CLOCKS_DIFFER_MS = 60_000;",
    replace: "const CLOCKS_DIFFER_MS = 0;",
    breaks: "a note of a worker whose clock is behind is of this life, too",
  },
  {
    name: "late-notes-forgotten",
    file: "lambdas/domain/session/redaction.ts",
    find: "if (!outcome) return known ? [known] : [];",
    replace: "if (!outcome) return [];",
    breaks: "each note is tried again on its own",
  },
  {
    name: "refused-once-never-tried-again",
    file: "lambdas/domain/session/redaction.ts",
    find: "return retryAt === null ||",
    replace: "return retryAt !== null ||",
    breaks: "a note that could not be taken away is tried again",
  },
  {
    name: "ranges-overlap",
    file: "lambdas/domain/session/summary-slot.ts",
    find: "const { through: after } = summaries;",
    replace: "const after = Math.max(0, summaries.through - 1);",
    breaks: "a summary begins where the last one has ended",
  },
  {
    name: "dead-posters-summary-posted-again",
    file: "lambdas/domain/session/summary-slot.ts",
    find: 'state: withSlot(state, summaries, { step: "uncertain", attempt, tries, lookAt: leaseUntil + lookAfterMs }),',
    replace:
      'state: withSlot(state, summaries, { ...attempt, step: "waiting", tries, retryAt: Math.min(now, leaseUntil + lookAfterMs) }),',
    breaks: "a summary of a dead worker is looked for first",
  },
  {
    name: "any-result-is-the-summary",
    file: "lambdas/domain/session/summary-slot.ts",
    find: 'if (slot?.step !== "asked" || slot.jobId !== jobId) return { state, effects: [] };',
    replace: 'if (slot?.step !== "asked" || jobId === "") return { state, effects: [] };',
    breaks: "a session takes the result of the job that it waits for",
  },
  {
    name: "failed-summary-forgets-its-notes",
    file: "lambdas/domain/session/note-groups.ts",
    find: "return { ...summaries, noted: summaries.noted + actions };",
    replace: "return { ...summaries, noted: actions < 0 ? actions : 0 };",
    breaks: "what no summary came of goes into the next one",
  },
  {
    name: "job-sent-after-the-commit",
    file: "lambdas/app/commit.ts",
    find: `  if (asked.length > 0) await jobs.send(asked);
`,
    replace: `  if (asked.length > 0) void jobs.send(asked).catch(() => undefined);
`,
    breaks: "what a session waits for is asked",
  },
  {
    name: "reset-forgets-nothing",
    file: "lambdas/domain/session/forget.ts",
    find: "...summaries, through: appended,",
    replace: "...summaries, through: Math.min(summaries.through, appended),",
    breaks: "no summary tells of what was forgotten",
  },
  {
    name: "claims-not-asked",
    file: "lambdas/app/write-answer.ts",
    find: "if (await claims.claim({ ...claim, now: clock.now() })) claimed.push(question);",
    replace: "if ((await claims.claim({ ...claim, now: clock.now() })) || question) claimed.push(question);",
    breaks: "of several sessions that hear a message one answers",
  },
  {
    name: "dead-senders-answer-sent-again",
    file: "lambdas/domain/session/answer-slot.ts",
    find: 'return { state: withSlot(state, answering, { step: "uncertain", attempt, tries, lookAt }), effects: [] };',
    replace:
      'return { state: withSlot(state, answering, { ...attempt, step: "waiting", tries, retryAt: Math.min(now, lookAt) }), effects: [] };',
    breaks: "an answer of a dead worker is looked for first",
  },
  {
    name: "teammate-not-heard",
    file: "lambdas/app/answer-call.ts",
    find: "unlessTeammateSince: now - answers.humanQuietMs",
    replace: "unlessTeammateSince: now + answers.humanQuietMs + 60_000",
    breaks: "nobody is answered beside a teammate",
  },
  {
    name: "own-words-answered",
    file: "lambdas/app/write-answer.ts",
    find: "!repeatsOurWords(text, ourWords)",
    replace: "!repeatsOurWords([text, ourWords].join(), ourWords)",
    breaks: "nobody answers an answer",
  },
  {
    name: "watermark-before-the-answer",
    file: "lambdas/domain/session/answer-slot.ts",
    find: "return { state: { ...withSlot(state, state.answering, posting), attempts: id }, posting };",
    replace:
      "return { state: { ...withSlot(state, state.answering && { ...state.answering, watermark: { conversationId, at: now } }, posting), attempts: id }, posting };",
    breaks: "what the user did is known when the answer stands",
  },
];
