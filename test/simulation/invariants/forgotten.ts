import type { Change } from "../history.ts";
import { batchesOf, isSent } from "../sessions.ts";
import { toldIn } from "../told.ts";
import type { Cloud } from "../world/cloud.ts";
import type { Invariant } from "./invariant.ts";
import { newSummaries } from "./told-parts.ts";

type Reset = {
  readonly session: string;
  readonly at: number;
  readonly texts: ReadonlySet<string>;
  readonly inAir: string;
};

/** What a session had done when an operator reset it is in nothing that is asked for or told later. */
export const forgotten: Invariant = {
  name: "what is forgotten stays so",
  watch: (cloud) => {
    const fresh = newSummaries(cloud);
    const resets: Reset[] = [];
    let prompted = 0;
    return {
      change: (change) => {
        if (change.after.forgottenThrough > (change.before?.forgottenThrough ?? 0)) resets.push(resetOf(cloud, change));
        return [];
      },
      during: () => {
        const prompts = cloud.language.prompts.slice(prompted);
        prompted = cloud.language.prompts.length;
        const asked = prompts.flatMap(({ session, job, request }) =>
          resets
            .filter((reset) => reset.session === session && isAskedAfter(cloud, reset, job.id))
            .flatMap(({ texts }) => request.material.actions.filter(({ description }) => texts.has(description)))
            .map(({ description }) => `"${description}" of ${session} is told to a model`),
        );
        const told = fresh().flatMap(({ session, covers, createdAt, prompted: { number } }) =>
          resets
            .filter(
              (reset) => reset.session === session && reset.at < createdAt && !toldIn(reset.inAir).includes(number),
            )
            .flatMap(({ texts }) => covers.filter((text) => texts.has(text)))
            .map((text) => `"${text}" of ${session} is told in a summary`),
        );
        return [...asked, ...told];
      },
    };
  },
};

function resetOf({ language, history, scenario }: Cloud, { session, at, before, after }: Change): Reset {
  const batches = language
    .batchesThrough(session, after.forgottenThrough)
    .flatMap((id) => history.batches.get(id) ?? []);
  const [productId = "", sessionId] = session.split("/");
  const all = scenario.happenings.flatMap((one) =>
    isSent(one) && one.productId === productId
      ? batchesOf(one)
          .filter((batch) => batch.sessionId === sessionId)
          .flatMap(({ actions }) => actions)
      : [],
  );
  const isOnly = (text: string): boolean => all.filter((action) => action.text === text).length === 1;
  const texts = batches.flatMap(({ actions }) => actions.map(({ text }) => text)).filter(isOnly);
  const slot = before?.summaries?.slot;
  return { session, at, texts: new Set(texts), inAir: slot && "attempt" in slot ? slot.attempt.text : "" };
}

/** Whether a job was recorded by its session after the reset, and not before: then it may not know. */
function isAskedAfter({ history }: Cloud, { session, at }: Reset, jobId: string): boolean {
  const first = history.changes.find(
    ({ session: changed, after }) =>
      changed === session &&
      [slotJob(after.summaries?.slot), slotJob(after.answering?.slot), after.manners?.offer].some(
        (slot) => slot === jobId || (typeof slot === "object" && slot?.step === "waiting" && slot.judgedBy === jobId),
      ),
  );
  return first !== undefined && first.at > at;
}

const slotJob = (slot: { readonly step: string; readonly jobId?: string } | null | undefined): string | undefined =>
  slot?.step === "asked" ? slot.jobId : undefined;
