import type { Chance } from "../chance.ts";
import type { ConversationOf, Happening } from "../scenario.ts";
import type { Moments } from "./offer-faults.ts";
import type { OfferingProduct } from "./offerings.ts";

/** A turn after a batch, and an alarm after a silence. */
const SOON_MS = 1_500;

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;

/** What a user who is offered help does, from the first page to the last. */
export type Story = {
  readonly happenings: readonly Happening[];
  readonly moments: Moments;
};

/**
 * A user comes, and their conversation is known; then, a few times, they give occasion to be offered help, and do
 * something about it or nothing.
 *
 * @param sessions of the user: tabs
 */
export function generateStory(
  chance: Chance,
  { occasion }: OfferingProduct,
  { productId, conversationId, openedByUs, contact }: ConversationOf,
  sessions: readonly string[],
  beginsMs: number,
): Story {
  const happenings: Happening[] = [];
  const offeredMs: number[] = [];
  const endedMs: number[] = [];
  const { pages, silenceMs, timings } = occasion;
  const { timeoutMs, cooldownMs } = timings;
  const userId = contact.externalId ?? "";
  const main = chance.pick(sessions);
  let done = 0;
  const act = (atMs: number, sessionId: string, visited: readonly string[]): void => {
    const actions = visited.map((page) => {
      done += 1;
      return { text: `${sessionId} wonders ${done}`, offsetMs: -500, page };
    });
    happenings.push({ type: "body", atMs, productId, batches: [{ sessionId, userId, actions }], againMs: [] });
  };
  const again = (): readonly number[] => (chance.maybe(0.1) ? [chance.pick([500, 60_000, 301_000])] : []);
  const say = (atMs: number, text: string): void => {
    happenings.push({ type: "write", atMs, productId, conversationId, agoMs: 0, againMs: again(), text });
  };
  const tap = (atMs: number, { back = 0, chip = chance.between(0, 1) } = {}): void => {
    const told = chance.maybe(0.6);
    happenings.push({ type: "tap", atMs, productId, conversationId, back, chip, told, againMs: again() });
  };
  const report = (atMs: number, progress: Of<"tour">["progress"]): void => {
    const who = { productId, sessionId: main, userId };
    happenings.push({ type: "tour", atMs, ...who, progress, tourId: chance.maybe(0.9) ? "tour-export" : "another" });
  };
  /** The answer to the offer of a tour, and the tour. @returns when the user is done */
  const decideOnTour = (atMs: number): number => {
    const repliesMs = atMs + chance.between(300, timeoutMs);
    const choice = chance.pick(["yes", "yes", "yes", "no", "nothing", "words"] as const);
    if (choice === "nothing") return atMs;
    if (choice === "words") say(repliesMs, chance.pick(["yes", " NO ", "what?"]));
    else tap(repliesMs, { chip: choice === "yes" ? 0 : 1 });
    if (choice !== "yes") return repliesMs;
    const reports = (["started", "step", "reaction", "completed"] as const).slice(0, chance.between(0, 4));
    reports.forEach((progress, index) => {
      report(repliesMs + (index + 1) * 800, progress);
    });
    if (chance.maybe(0.1)) report(repliesMs + 4_000, "dismissed");
    return repliesMs + reports.length * 800;
  };

  /** @returns when the user was last active */
  const answer = (offeredMs: number): number => {
    const inTimeMs = offeredMs + chance.between(0, Math.floor(timeoutMs * 0.8));
    const aboutMs = offeredMs + timeoutMs + chance.between(-500, 700);
    switch (
      chance.pick([
        "nothing",
        "nothing",
        "nothing",
        "tap",
        "tap",
        "tap",
        "twice",
        "late",
        "words",
        "words",
        "race",
        "race",
        "verge",
      ] as const)
    ) {
      case "nothing":
        return offeredMs;
      case "tap":
        tap(inTimeMs);
        return decideOnTour(inTimeMs + SOON_MS);
      case "twice":
        tap(inTimeMs);
        tap(inTimeMs + chance.between(1, 3_000), { back: chance.between(0, 1) });
        return inTimeMs + 3_000;
      case "late": {
        const lateMs = offeredMs + timeoutMs + chance.between(0, cooldownMs + 5_000);
        tap(lateMs, { back: chance.between(0, 1) });
        return decideOnTour(lateMs + SOON_MS);
      }
      case "words":
        say(inTimeMs, chance.pick(["What does it cost?", "how do I EXPORT? ", "Something else"]));
        return inTimeMs;
      case "race":
        // Just when the offer is on its way.
        if (chance.maybe(0.5)) tap(offeredMs - SOON_MS + chance.between(0, 800));
        else say(offeredMs - SOON_MS + chance.between(0, 800), "Wait");
        return offeredMs;
      case "verge":
        // Just when the help is about to end, and the conversation may go.
        if (chance.maybe(0.5)) tap(aboutMs);
        else say(aboutMs, "I am back");
        return aboutMs;
      default:
        return offeredMs;
    }
  };

  let lastMs = beginsMs;
  for (const sessionId of sessions) act(beginsMs + chance.between(0, 500), sessionId, ["/"]);
  const meetsMs = beginsMs + chance.between(600, 3_000);
  if (openedByUs) {
    happenings.push({ type: "claim", atMs: meetsMs, productId, sessionId: main, conversationId, userId });
  } else {
    say(meetsMs, "Hello");
    lastMs = meetsMs;
  }
  for (let episodes = chance.between(1, 4); episodes > 0; episodes -= 1) {
    const patientMs = timeoutMs + cooldownMs + chance.between(500, 4_000);
    const atMs = Math.max(lastMs, meetsMs) + (chance.maybe(0.85) ? patientMs : chance.between(0, patientMs));
    act(atMs, chance.maybe(0.85) ? main : chance.pick(sessions), pages);
    offeredMs.push(atMs + silenceMs);
    endedMs.push(atMs + silenceMs + timeoutMs);
    lastMs = answer(atMs + silenceMs + SOON_MS);
  }
  return { happenings, moments: { offeredMs, endedMs } };
}
