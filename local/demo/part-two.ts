import { setTimeout as wait } from "node:timers/promises";
import { hesitations } from "./hesitations.ts";
import { patienceAt } from "./offers.ts";
import { greet, playHesitation } from "./play-offers.ts";
import { type Stage, subscribed } from "./stage.ts";
import { watchOffers } from "./watch-offers.ts";

/**
 * Tells how help is offered: to the user of the story, who takes it, and to another, who does not. To be called when the
 * story has come to rest.
 *
 * @param conversationId where the story's user has written
 * @returns the other user's conversation, as it was called
 * @throws Error when something was not accepted, or `signal` said stop.
 */
export async function tellPartTwo(
  stage: Stage & { readonly print: (line: string) => void },
  conversationId: string,
): Promise<string> {
  const { cloud, intercom, speed, narrator, print, signal } = stage;
  const { answers, ignores } = hesitations;
  const { waitS, quietS } = patienceAt(speed);
  for (const line of introduction(waitS, quietS)) print(line);
  const names = new Map(
    [answers, ignores].map(({ session_id, user }) => [session_id, user.name.split(" ")[0] ?? user.name]),
  );
  // After help comes a quiet, and it has begun: with the last alarm of the story, at the latest.
  await wait(Math.ceil(quietS * 1_000), undefined, { signal });
  using watching = new DisposableStack();
  watching.defer(watchOffers({ cloud, intercom, narrator, names, waitMs: waitS * 1_000 }));
  watching.use(subscribed(stage));

  await playHesitation(stage, answers, conversationId);
  const greeted = greet(stage, ignores.user, ignores.greeting ?? "");
  await playHesitation(stage, ignores, greeted);
  return greeted;
}

function introduction(waitS: number, quietS: number): readonly string[] {
  const seconds = (value: number) => `${Number(value.toFixed(1))} s`;
  return [
    "",
    "Part two: help before anybody asks for it. Dana and Omar each go from one page to another and back, which this",
    `product takes for hesitation. Dana takes what she is offered, Omar does not: after ${seconds(waitS)} his offer is over (in`,
    `life: 20 s). Whoever was just helped is left alone for a while, so this begins ${seconds(quietS)} after part one (in life: 60 s).`,
    "",
  ];
}
