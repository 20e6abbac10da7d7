import type { PushedPayload } from "../domain/activity/push.ts";
import { type FeedRow, MISSING_MS, type ProductFeed } from "./feed-ports.ts";
import type { Clock, Telemetry } from "./ports.ts";
import { HEARTBEAT_MS, LOOK_AGAIN_MS, LOOK_EVERY_MS } from "./stream-pace.ts";
import type { StreamEntry, Wait } from "./stream-ports.ts";

/** For so long after it was last there, what happens is kept for a listener. */
const LISTEN_MS = 600_000;

/** Rows at a time, so that a listener that was away does not take the function's memory. */
const MOST_ROWS = 200;

/** Who names no last event, but was here so shortly before, goes on where its stream ended. */
const COMES_BACK_WITHIN_MS = 15_000;

export type StreamProductPorts = {
  readonly feed: ProductFeed;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly wait: Wait;
};

export type StreamedProduct = {
  readonly productId: string;
  /** Tells listeners of one product apart; empty for one that says no name. */
  readonly listener: string;
  readonly lastEventId: string | undefined;
  /** ms */
  readonly until: number;
  readonly gone: AbortSignal;
};

/** How far a listener was told, and what was found on the way. */
type Told = { readonly through: number; readonly looks: readonly Look[] };

/** By then, ms, all numbers up to this one had been given. */
type Look = { readonly at: number; readonly last: number };

/**
 * Tells whoever holds the product's operator key what all of its sessions do: each payload once and in the order in which
 * it was told, until the stream's time is over or the listener has gone. One that comes back goes on after its last
 * event; one that names none begins now, or where its stream has just ended. Trouble with the table is waited out.
 */
export async function* streamProduct(
  ports: StreamProductPorts,
  { productId, listener, lastEventId, until, gone }: StreamedProduct,
): AsyncGenerator<StreamEntry<PushedPayload>, void, undefined> {
  const { feed, clock, telemetry, wait } = ports;
  let told: Told | undefined;
  let spokeAt = clock.now();
  while (clock.now() < until && !gone.aborted) {
    let pauseMs = LOOK_EVERY_MS;
    let rows: readonly FeedRow[] = [];
    let arrived = false;
    try {
      if (!told) {
        const last = await feed.listen(productId, until + LISTEN_MS);
        told = { through: await beginning(ports, productId, listener, lastEventId, last), looks: [] };
        arrived = true;
      }
      const last = await feed.last(productId);
      const found = await feed.rows(productId, { after: told.through, through: last, most: MOST_ROWS });
      ({ rows, told } = next(told, found, { at: clock.now(), last }));
      // Others are waiting behind them.
      if (rows.length === MOST_ROWS) pauseMs = 0;
    } catch (error) {
      telemetry.error("stream.interrupted", { product_id: productId }, error);
      pauseMs = LOOK_AGAIN_MS;
    }
    if (arrived && told) yield { kind: "place", id: String(rows[0] ? rows[0].n - 1 : told.through) };
    for (const { n, payload } of rows) {
      // Who reads slowly goes on here.
      if (clock.now() >= until) {
        told = { through: n - 1, looks: [] };
        break;
      }
      yield { kind: "event", id: String(n), event: payload };
    }
    if (arrived || rows.length > 0) spokeAt = clock.now();
    if (clock.now() - spokeAt >= HEARTBEAT_MS) {
      yield { kind: "heartbeat" };
      spokeAt = clock.now();
    }
    await wait(Math.max(0, Math.min(pauseMs, until - clock.now())), gone);
  }
  if (told && !gone.aborted) {
    await feed.leave(productId, listener, { through: told.through, at: clock.now() }).catch((error) => {
      telemetry.error("stream.interrupted", { product_id: productId }, error);
    });
  }
}

/** After which number a listener is told. An id that is none of ours counts as none. */
async function beginning(
  { feed, clock }: StreamProductPorts,
  productId: string,
  listener: string,
  lastEventId: string | undefined,
  last: number,
): Promise<number> {
  if (/^\d{1,12}$/.test(lastEventId ?? "")) return Math.min(Number(lastEventId), last);
  const mark = await feed.left(productId, listener);
  if (!mark || clock.now() - mark.at >= COMES_BACK_WITHIN_MS) return last;
  // Good for one return: when this stream breaks, its listener has heard more than the mark says.
  await feed.leave(productId, listener, { ...mark, at: 0 });
  return mark.through;
}

/** What can be told now: rows up to a number that is missing and was not waited for long enough. */
function next(
  { through: before, looks: earlier }: Told,
  found: readonly FeedRow[],
  look: Look,
): { readonly rows: readonly FeedRow[]; readonly told: Told } {
  const looks = [...earlier.filter(({ last }) => last > before), look];
  // A read that is not strongly consistent may know less than the one before.
  const given = Math.max(before, ...looks.filter(({ at }) => look.at - at >= MISSING_MS).map(({ last }) => last));
  const rows: FeedRow[] = [];
  let through = before;
  for (const row of found) {
    if (row.n > Math.max(through, given) + 1) break;
    rows.push(row);
    through = row.n;
  }
  const isAll = rows.length < MOST_ROWS;
  return { rows, told: { through: isAll ? Math.max(through, given) : through, looks } };
}
