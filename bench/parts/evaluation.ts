import { considerOffer } from "../../lambdas/app/consider-offer.ts";
import type { ActivityRow } from "../../lambdas/domain/activity/activity-row.ts";
import { freshAgent } from "../../lambdas/domain/session/agent-state.ts";
import { freshSession, type SessionState } from "../../lambdas/domain/session/state.ts";
import { productWith } from "../../test/support/product.ts";
import { action, createWorld } from "../../test/support/world.ts";
import type { Bench, Part, Report } from "../part.ts";
import { percentile, rounded } from "../statistics.ts";

/** As many as are ever looked back upon (docs/configuration.md). */
const ACTIONS = 50;
const ACTIONS_A_BATCH = 2;

export const evaluation: Part = {
  name: "evaluation",
  measures: "time in which three triggers look at 50 actions, for each batch",
  run: async ({ sizes }: Bench): Promise<Report> => {
    const cases = [
      { name: "may be offered something: none of the three fires", state: thinkingSession, evaluates: true },
      { name: "may not be offered anything", state: answeringSession, evaluates: false },
    ];
    const measured: Measured[] = [];
    for (const { name, state, evaluates } of cases) {
      await timeEvaluations(state, evaluates, sizes.evaluations);
      const samples = await timeEvaluations(state, evaluates, sizes.evaluations);
      const [p50Us, p99Us] = [0.5, 0.99].map((share) => rounded(percentile(samples, share) * 1_000, 1));
      measured.push({ name, runs: samples.length, p50Us: p50Us ?? 0, p99Us: p99Us ?? 0 });
    }
    return {
      tables: [
        {
          title: "Looking for an offer at a batch, microseconds",
          head: ["a session that", "runs", "p50", "p99"],
          rows: measured.map(({ name, runs, p50Us, p99Us }) => [name, runs, p50Us, p99Us]),
          notes: [
            `Three triggers, ${ACTIONS} actions in ${rows.length} rows, in process: the shipped step of the turn, its rows at hand. What it reads`,
            "and publishes is in the part offers.",
          ],
        },
      ],
      budgets: [],
      figures: { actions: ACTIONS, triggers: product.configuration.proactive.offerings.length, measured },
    };
  },
};

type Measured = { readonly name: string; readonly runs: number; readonly p50Us: number; readonly p99Us: number };

const actor = { kind: "session", productId: "acme", sessionId: "session-1" } as const;
const startMs = Date.UTC(2026, 0, 1);

/** The last action is this old when the batch is accepted: now. */
const rows: readonly ActivityRow[] = Array.from({ length: ACTIONS / ACTIONS_A_BATCH }, (_, at) => {
  const acceptedAt = startMs + at * 1_000;
  const actions = Array.from({ length: ACTIONS_A_BATCH }, (_, n) =>
    action(`batch ${at}, action ${n}`, acceptedAt / 1_000, `/reports/${at * ACTIONS_A_BATCH + n}`),
  );
  return { n: at + 1, id: `batch-${at}`, acceptedAt, actions };
});
const nowMs = rows.at(-1)?.acceptedAt ?? startMs;

const named = (id: string) => ({ id, name: id, description: id, triggering_type: "instant_trigger" });

/** Each trigger has chips, a page belongs to a section, and nobody goes back and forth, dwells, or is where words are. */
const product = productWith({
  proactive: {
    triggers: ["canonical_url_ping_pong", "user_page_dwell", "section_playbook_match"].map(named),
    section_rules: [
      { prefix: "https://app.example.com/settings", section_id: "settings" },
      { prefix: "https://app.example.com/reports", section_id: "reports" },
    ],
    section_playbook: { settings: "Shall I help you with your settings?" },
  },
  integration_config: { proactive_intercom: { messages: [{ id: "export", label: "How do I export?" }] } },
});

const thinkingSession: SessionState = {
  ...freshSession,
  appended: rows.length,
  actionCount: ACTIONS,
  lastAcceptedAt: nowMs,
  person: { identity: { by: "external", value: "user-1" }, toldAt: startMs },
  link: { conversationId: "conversation-1", at: startMs, verified: true, userWrote: true, through: 0, windowStartS: 0 },
  manners: {
    agent: freshAgent,
    offer: null,
    shown: null,
    teardown: null,
    evaluatedThrough: rows.length - 1,
    silentAt: null,
    lastOfferAt: null,
    partIds: [],
  },
};

const answeringSession: SessionState = {
  ...thinkingSession,
  manners: thinkingSession.manners && {
    ...thinkingSession.manners,
    agent: {
      ...freshAgent,
      mode: "reactive_assistance",
      lastInteractionAt: nowMs,
      timings: product.configuration.proactive.timings,
    },
  },
};

/** @returns the time of each run, ms. @throws Error when a run does something else than what is measured. */
async function timeEvaluations(state: SessionState, evaluates: boolean, runs: number): Promise<readonly number[]> {
  const ports = { ...createWorld().ports, clock: { now: () => nowMs } };
  const samples: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const before = performance.now();
    const { state: seen, effects } = await considerOffer(ports, actor, product, state, rows);
    samples.push(performance.now() - before);
    const fired = effects.flatMap((effect) => (effect.type === "publish" ? [effect.event.detail.fired] : []));
    const isAsExpected = evaluates ? fired.length === 1 && fired[0] === "false" : fired.length === 0;
    if (!isAsExpected || seen.manners?.evaluatedThrough !== rows.length) throw new Error("Something else was measured");
  }
  return samples;
}
