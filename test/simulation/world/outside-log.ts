import type { StreamEntry } from "../../../lambdas/app/stream-ports.ts";
import type { Push, PushedPayload } from "../../../lambdas/domain/activity/push.ts";
import { shortHash } from "../../../lambdas/domain/actor/hash.ts";
import type { PageEvent } from "../../../lambdas/domain/session/page-event.ts";
import { type History, sessionKey } from "../history.ts";
import type { Happening } from "../scenario.ts";
import type { Written } from "./table.ts";
import type { VirtualTime } from "./virtual-time.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;
type Heard<Entry> = { readonly at: number; readonly entry: Extract<Entry, { kind: "event" }> };

/** What a listener heard from the moment it came, or began anew, until it left for good. Times are ms since 1970. */
export type Listening<Entry> = {
  /** When it was told its place; undefined until then. */
  cameAt: number | undefined;
  /** When it was connected. */
  readonly spans: { readonly from: number; to: number }[];
  readonly heard: Heard<Entry>[];
};

export type PageHeard = { readonly page: Of<"page">; readonly times: Listening<StreamEntry<PageEvent>>[] };
export type OperatorHeard = {
  readonly operator: Of<"operator">;
  readonly times: Listening<StreamEntry<PushedPayload>>[];
};

/** A worker told a product's feed; `doneAt` where it lived to see that done. */
export type Telling = {
  readonly productId: string;
  readonly push: Push;
  readonly at: number;
  doneAt: number | undefined;
};

/** The endpoint of a product took a push. */
export type Pushed = {
  readonly url: string;
  readonly push: Push;
  readonly at: number;
  /** Whether the 2xx came to its sender. */
  confirmed: boolean;
};

/** What those outside were told, and what came to them: pages, operators, endpoints. */
export type OutsideLog = {
  readonly pages: PageHeard[];
  readonly operators: OperatorHeard[];
  readonly tellings: readonly Telling[];
  readonly pushed: readonly Pushed[];
  /** Ids of pushes that ever were in the queue, and of those that an endpoint wants no more of. */
  readonly queued: ReadonlyMap<string, Push>;
  readonly refused: Set<string>;
  /** How many payloads the table refused, by product. */
  readonly failed: ReadonlyMap<string, number>;
  /** The batches of a session's log by the ids of their pushes, in order; written last is what counts. */
  rowsOf(session: string): ReadonlyMap<string, number>;
  /** @returns to be called when that is done */
  telling(productId: string, pushes: readonly Push[]): () => void;
  feedFailed(productId: string, count: number): void;
  pushQueued(body: string): void;
  delivered(url: string, push: Push): Pushed;
  written(written: Written): void;
};

export function createOutsideLog(time: VirtualTime, history: History): OutsideLog {
  const tellings: Telling[] = [];
  const pushed: Pushed[] = [];
  const queued = new Map<string, Push>();
  const failed = new Map<string, number>();
  const rows = new Map<string, Map<string, number>>();
  return {
    pages: [],
    operators: [],
    tellings,
    pushed,
    queued,
    refused: new Set(),
    failed,
    rowsOf: (session) => rows.get(session) ?? new Map(),
    telling: (productId, pushes) => {
      const begun = pushes.map((push): Telling => ({ productId, push, at: time.now(), doneAt: undefined }));
      tellings.push(...begun);
      return () => {
        for (const telling of begun) telling.doneAt = time.now();
      };
    },
    feedFailed: (productId, count) => void failed.set(productId, (failed.get(productId) ?? 0) + count),
    pushQueued: (body) => {
      const push: Push = JSON.parse(body);
      queued.set(push.id, push);
    },
    delivered: (url, push) => {
      const one = { url, push, at: time.now(), confirmed: false };
      pushed.push(one);
      return one;
    },
    written: ({ pk, sk, after }) => {
      if (!sk.startsWith("A#")) return;
      const session = history.name(pk);
      const [productId = "", sessionId = ""] = session.split("/");
      const known = rows.get(session) ?? new Map<string, number>();
      rows.set(session, known.set(shortHash(productId, sessionId, "actions", after.id?.S ?? ""), Number(after.n?.N)));
    },
  };
}

/** The session of a push, as the history names it. */
export const sessionOf = ({ actor: { productId, sessionId } }: Push): string => sessionKey(productId, sessionId);
