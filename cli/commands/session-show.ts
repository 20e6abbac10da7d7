import type { SessionActor } from "../../lambdas/domain/actor/actor.ts";
import { openStore, readSession } from "../actor-memory.ts";
import type { Arguments, Command } from "../command.ts";
import { CommandError, UsageError } from "../errors.ts";
import { productIdOf } from "../known-product.ts";
import { reportSession, sessionLines } from "../session-report.ts";

const USUAL_ROWS = 10;

export const sessionShow: Command = {
  path: ["session", "show"],
  summary: "Show what is remembered of a session: link, slots, pending alarm, last batches and notes",
  positionals: ["product", "session"],
  options: {
    rows: { type: "string", placeholder: "N", help: `how many batches and notes, newest first (${USUAL_ROWS})` },
    reveal: { type: "boolean", help: "show e-mail addresses and the person's identity, which are masked otherwise" },
  },
  details: ["Descriptions are what users did: treat what is shown as personal data."],
  run: async (context, given) => {
    const now = context.clock.now();
    const count = rowsOf(given);
    const actor: SessionActor = {
      kind: "session",
      productId: productIdOf(given.positional("product")),
      sessionId: given.positional("session"),
    };
    const store = await openStore(context);
    const state = await readSession(store, actor, now);
    if (!state) throw new CommandError(`Nothing is remembered of this session of ${actor.productId}`);
    const all = { after: 0, through: state.appended, newestFirst: true };
    const rows = await first(count, store.activity(actor, all));
    const notes = await first(count, store.notes(actor, all));
    const report = reportSession(actor, { state, rows, notes }, { reveal: given.flag("reveal"), now });
    return { ok: true, json: report, text: sessionLines(report) };
  },
};

function rowsOf(given: Arguments): number {
  const rows = given.option("rows") ?? String(USUAL_ROWS);
  if (!/^\d{1,4}$/.test(rows)) throw new UsageError("--rows is a whole number, 0 to 9999");
  return Number(rows);
}

async function first<Row>(count: number, rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const taken: Row[] = [];
  if (count === 0) return taken;
  for await (const row of rows) {
    taken.push(row);
    if (taken.length === count) break;
  }
  return taken;
}
