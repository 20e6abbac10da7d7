import { configurationSchema } from "../../lambdas/domain/product/configuration.ts";
import { acme } from "../acme.ts";
import type { Options } from "./options.ts";
import { storyTime, timesAt } from "./pace.ts";
import { recordedSession, sentDescriptions } from "./session.ts";

/** What a newcomer must know to read the story. */
export function introduction(
  { speed, answers }: Pick<Options, "speed" | "answers">,
  canLook: boolean,
): readonly string[] {
  const { user, batches } = recordedSession;
  const { pre_link_window_s, bin_seconds } = timesAt(speed);
  const lengthS = Math.max(...batches.map(({ at }) => at));
  const actions = sentDescriptions(recordedSession).length;
  return [
    `The story of ${user.name}, who wants a report: ${actions} actions in ${batches.length} batches, ${storyTime(lengthS)} minutes.`,
    ...(speed === 1 ? [] : scale(speed, pre_link_window_s, bin_seconds)),
    ...language(answers),
    ...(canLook
      ? []
      : ["This Intercom is not ours: conversation ids are made up, and nobody can check what stands in it."]),
    "",
  ];
}

function language(answers: boolean): readonly string[] {
  const { summary_threshold } = configurationSchema.parse({ intercom: { admin_id: acme.adminId } });
  return [
    `When ${summary_threshold} actions stand in notes (the default), a summary takes their place. Here it is written without a language model,`,
    `from what the actions themselves say.${answers ? " So are the answers, which also know the product's help centre." : ""}`,
  ];
}

function scale(speed: number, windowS: number, binS: number): readonly string[] {
  const seconds = (value: number) => `${Number(value.toFixed(2))} s`;
  return [
    `It is told ${speed} times as fast: the left column is story time. What spans the story shrinks with it: the window`,
    `before the chat (120 s, now ${seconds(windowS)}), the bins (3 s, now ${seconds(binS)}), how soon a call is tried again. As in life`,
    "are the timestamps in notes, the debounce (0.15 s) and the machine's own pace.",
  ];
}
