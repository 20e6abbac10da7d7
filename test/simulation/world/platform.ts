import { type ChatPlatform, type Product, RetryableError, TerminalError } from "../../../lambdas/app/ports.ts";
import { hash } from "../../../lambdas/domain/actor/hash.ts";
import { createMemoryChatPlatform, type MemoryChatPlatform } from "../../support/memory/chat-platform.ts";
import type { Chance } from "../chance.ts";
import type { Scenario } from "../scenario.ts";
import type { Step } from "../step.ts";
import { toldIn } from "../told.ts";
import type { FaultPlan } from "./fault-plan.ts";
import type { LanguageLog } from "./language-log.ts";
import type { Life } from "./life.ts";
import type { OfferLog } from "./offer-log.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The chat platform's own side: a workspace for each product, with conversations of equal ids. */
export type Workspaces = {
  of(productId: string): MemoryChatPlatform;
  /** Texts that the platform refused for good (422). */
  readonly rejected: readonly string[];
};

export type PlatformPorts = {
  readonly scenario: Pick<Scenario, "deployment">;
  readonly workspaces: ReturnType<typeof createWorkspaces>;
  readonly offers: OfferLog;
  readonly language: LanguageLog;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly faults: FaultPlan;
  readonly reach: (what: string) => void;
  readonly note: (line: () => string) => void;
};

export function createWorkspaces(
  { time, chance }: Pick<PlatformPorts, "time" | "chance">,
  productIds: readonly string[],
  lagMs: number,
) {
  const lag = () => chance.between(0, lagMs);
  const workspaces = new Map(productIds.map((id) => [id, createMemoryChatPlatform({ clock: time, lagMs: lag })]));
  const rejected: string[] = [];
  /** Fingerprints of summaries that somebody set out to post. */
  const summaries = new Set<string>();
  const of = (productId: string): MemoryChatPlatform => {
    const workspace = workspaces.get(productId);
    if (!workspace) throw new Error(`There is no workspace of ${productId}`);
    return workspace;
  };
  return { of, rejected, summaries };
}

/** The platform as one process sees it: what becomes of a call is what `adapters/intercom/failures.ts` makes of it. */
export function createPlatform(
  { time, chance, faults, reach, note, offers, language, workspaces, scenario }: PlatformPorts,
  life: Life,
): ChatPlatform {
  const { of, rejected } = workspaces;
  const { lagMs, clockSkewMs } = scenario.deployment;
  /** So much of the time until somebody looks is needed otherwise. */
  const reservedMs = lagMs + 2 * clockSkewMs;
  /** @param text that is to be written, empty for what changes something else; undefined for a read, which is never in doubt */
  const call = async <Answer>(
    step: Step,
    product: Product,
    text: string | undefined,
    perform: () => Promise<Answer>,
  ): Promise<Answer> => {
    const { callTimeoutMs, lookAfterMs } = product.configuration.delivery;
    const calledAt = time.now();
    const doubt = (why: string) => new RetryableError(text === undefined ? "failed" : "uncertain", why);
    const timeOut = async (): Promise<never> => {
      await time.after(calledAt + callTimeoutMs - time.now());
      throw doubt("no answer");
    };
    const answered = (error: Error): Promise<never> =>
      life.act(step, () => {
        throw error;
      });
    return life.step(step, async () => {
      // The adapter's own timer ends a call that stood still before it was sent.
      if (time.now() - calledAt >= callTimeoutMs) throw doubt("aborted");
      const fault = faults.platform(step);
      if (fault) note(() => `${life.name} ${step}: ${fault}`);
      switch (fault) {
        case "outage":
          return answered(new RetryableError("failed", "503"));
        case "unreachable":
          throw new RetryableError("failed", "ECONNREFUSED");
        case "gateway":
          if (chance.maybe(0.5)) await life.act(step, perform).catch(() => undefined);
          return answered(doubt("502"));
        case "limited":
          return answered(new RetryableError("limited", "429", { retryAfterMs: chance.between(1_000, 10_000) }));
        case "unauthorized":
          return answered(new TerminalError("unauthorized", "401"));
        case "rejected":
          return life.act(step, () => {
            if (text !== undefined) rejected.push(text);
            throw new TerminalError("rejected", "422");
          });
        case "request-lost":
          return timeOut();
        case "answer-lost":
          await life.act(step, perform).catch(() => undefined);
          return timeOut();
        case "slow": {
          // What a platform takes up after its caller has gone shows before anybody looks.
          const late = chance.between(0, callTimeoutMs + Math.max(0, lookAfterMs - reservedMs - 1_000));
          const applied = Promise.withResolvers<Answer>();
          applied.promise.catch(() => undefined);
          await life.act(step, () => {
            const restMs = Math.max(1, calledAt + late - time.now());
            time.at(time.now() + restMs, () => void perform().then(applied.resolve, applied.reject));
          });
          if (late > callTimeoutMs) return timeOut();
          return applied.promise;
        }
        case "no-id": {
          const answer = await life.act(step, perform);
          return text === undefined || typeof answer !== "object" ? answer : ({} as Answer);
        }
        case undefined:
          return life.act(step, perform);
        default:
          return fault satisfies never;
      }
    });
  };
  /** Tells coverage which outcome a living process has met. */
  const told = async <Answer>(
    slot: string,
    made: Promise<Answer>,
    kind: (answer: Answer) => string,
  ): Promise<Answer> => {
    try {
      const answer = await made;
      reach(`outcome ${slot}: ${kind(answer)}`);
      return answer;
    } catch (error) {
      reach(`outcome ${slot}: ${(error as RetryableError | TerminalError).reason}`);
      throw error;
    }
  };

  return {
    postNote: (product, wanted) => {
      const isSummary = toldIn(wanted.text).length > 0;
      if (isSummary) workspaces.summaries.add(hash(wanted.text));
      const made = call(isSummary ? "post summary" : "post note", product, wanted.text, () => {
        note(
          () =>
            `${life.name} writes into ${wanted.conversationId}: ${wanted.text.split("\n").slice(3).join(" | ").slice(0, 200)}`,
        );
        return of(product.productId).platform.postNote(product, wanted);
      });
      return told(isSummary ? "summary posted" : "note posted", made, () => "settled");
    },
    fingerprint: hash,
    findNote: (product, wanted) => {
      const isSummary = workspaces.summaries.has(wanted.fingerprint);
      const made = call(isSummary ? "find summary" : "find note", product, undefined, () =>
        of(product.productId).platform.findNote(product, wanted),
      );
      const slot = isSummary ? "summary looked for" : "note looked for";
      return told(slot, made, (found) => (found ? "settled" : "absent"));
    },
    readContacts: (product, conversationId) => {
      const made = call("read contacts", product, undefined, () =>
        of(product.productId).platform.readContacts(product, conversationId),
      );
      return told("claim", made, () => "contacts");
    },
    offerHelp: (product, offer) => {
      const { productId } = product;
      const stands = offers.sending(productId, offer);
      const made = call("send offer", product, offer.body, async () => {
        note(() => `${life.name} offers in ${offer.conversationId}: ${offer.body}`);
        const shown = await of(productId).platform.offerHelp(product, offer);
        stands(shown.partId ?? "");
        return shown;
      });
      return told("offer sent", made, () => "settled");
    },
    findOffer: (product, wanted) => {
      const made = call("find offer", product, undefined, () =>
        of(product.productId).platform.findOffer(product, wanted),
      );
      return told("offer looked for", made, (found) => (found ? "settled" : "absent"));
    },
    redactNote: (product, wanted) => {
      const { productId } = product;
      const made = call("redact note", product, "", async () => {
        note(() => `${life.name} redacts ${wanted.partId} in ${wanted.conversationId}`);
        language.redacting(productId, wanted);
        await of(productId).platform.redactNote(product, wanted);
      });
      return told("note redacted", made, () => "settled").catch((error) => {
        if (error instanceof TerminalError && error.reason === "rejected") language.refused(productId, wanted.partId);
        throw error;
      });
    },
    readTurns: (product, conversationId) => {
      const made = call("read turns", product, undefined, () =>
        of(product.productId).platform.readTurns(product, conversationId),
      );
      return told("turns read", made, () => "settled");
    },
    answerUser: (product, answer) => {
      const made = call("send answer", product, answer.text, async () => {
        const sent = await of(product.productId).platform.answerUser(product, answer);
        note(
          () =>
            `${life.name} ${sent === "held" ? "holds" : "answers"} in ${answer.conversationId}: ${answer.text.slice(0, 200)}`,
        );
        return sent;
      });
      return told("answer sent", made, (sent) => (sent === "held" ? "held" : "settled"));
    },
    findAnswer: (product, wanted) => {
      const made = call("find answer", product, undefined, () =>
        of(product.productId).platform.findAnswer(product, wanted),
      );
      return told("answer looked for", made, (found) => (found ? "settled" : "absent"));
    },
    readOrigin: (product, conversationId) => {
      const { productId } = product;
      const made = call("read origin", product, undefined, () => {
        offers.looked(life.name, productId, conversationId);
        return of(productId).platform.readOrigin(product, conversationId);
      });
      return told("origin read", made, ({ openedByUs, personWrote }) =>
        openedByUs && !personWrote ? "ours" : "another's",
      );
    },
    deleteConversation: (product, conversationId) => {
      const { productId } = product;
      const made = call("delete conversation", product, "", async () => {
        note(() => `${life.name} deletes ${conversationId}`);
        offers.deleting(life.name, productId, conversationId);
        await of(productId).platform.deleteConversation(product, conversationId);
      });
      return told("conversation deleted", made, () => "settled");
    },
  };
}
