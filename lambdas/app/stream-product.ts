import type { PushedPayload } from "../domain/activity/push.ts";
import type { FeedRow, ProductFeed } from "./feed-ports.ts";
import type { Clock, Telemetry } from "./ports.ts";
import { HEARTBEAT_MS, LOOK_AGAIN_MS, LOOK_EVERY_MS } from "./stream-pace.ts";
import type { StreamEntry, Wait } from "./stream-ports.ts";

/** For so long after it was last there, what happens is kept for a listener. */
const LISTEN_MS = 600_000;

/** Rows at a time, so that a listener that was away does not take the function's memory. */
const MOST_ROWS = 200;

/** A number that is missing for so long is not being written any more: its worker died, or had written it before. */
const MISSING_MS = 10_000;

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

/** How far a listener was told, and since when the number after that is missing, ms. */
type Told = { readonly through: number; readonly missingSince: number | undefined };

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
        const last = await feed.listen(productId, clock.now() + LISTEN_MS);
        told = { through: await beginning(ports, productId, listener, lastEventId, last), missingSince: undefined };
        arrived = true;
      }
      const through = Math.min(await feed.last(productId), told.through + MOST_ROWS);
      const found = await feed.rows(productId, { after: told.through, through });
      ({ rows, told } = next(told, found, through, clock.now()));
      // Others are waiting behind them.
      if (rows.length === MOST_ROWS) pauseMs = 0;
    } catch (error) {
      telemetry.error("stream.interrupted", { product_id: productId }, error);
      pauseMs = LOOK_AGAIN_MS;
    }
    if (arrived && told) yield { kind: "place", id: String(rows[0] ? rows[0].n - 1 : told.through) };
    for (const { n, payload } of rows) yield { kind: "event", id: String(n), event: payload };
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
  return Math.min(mark.through, last);
}

/** What can be told now: rows up to a number that is missing, unless that was waited for long enough. */
function next(
  { through: before, missingSince }: Told,
  found: readonly FeedRow[],
  through: number,
  now: number,
): { readonly rows: readonly FeedRow[]; readonly told: Told } {
  const skipped = missingSince !== undefined && now - missingSince >= MISSING_MS;
  const first = found[0]?.n ?? through + 1;
  const begin = skipped ? first : before + 1;
  const rows = found.filter(({ n }, index) => n === begin + index);
  const told = rows.length > 0 ? begin + rows.length - 1 : skipped ? through : before;
  return {
    rows,
    told: { through: told, missingSince: told >= through ? undefined : told > before ? now : (missingSince ?? now) },
  };
}
