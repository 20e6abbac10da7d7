import { setTimeout as wait } from "node:timers/promises";
import type { FaultName } from "../fake-intercom/faults.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { payloadOf, pushBatch } from "./connector.ts";
import { faultAt, faultPlan } from "./fault-plan.ts";
import { createMessenger, type Messenger } from "./messenger.ts";
import type { Narrator } from "./narrator.ts";
import { type Pace, toClockMs } from "./pace.ts";
import type { RecordedSession } from "./session.ts";

export type Play = {
  /** Where the public HTTP API is. */
  readonly url: string;
  /** Undefined when the Intercom is not ours. */
  readonly intercom: FakeIntercom | undefined;
  readonly session: RecordedSession;
  readonly pace: Pace;
  readonly fault: FaultName | undefined;
  /** Resolves when nothing is under way. */
  readonly atRest: () => Promise<unknown>;
  readonly narrator: Narrator;
  readonly signal: AbortSignal;
};

type Scene = { readonly at: number; readonly happen: () => void | Promise<void> };

/**
 * Plays a recorded session through the public HTTP API, at its pace: the connector's batches, and what the user writes
 * in the Messenger.
 *
 * @returns the conversation in which the notes are to stand.
 * @throws Error when something is not accepted, or `signal` says stop.
 */
export async function playSession(play: Play): Promise<string> {
  const { url, intercom, session, pace, signal } = play;
  const messenger = createMessenger(intercom, { url, user: session.user, signal });
  for (const { at, happen } of scenesOf(play, messenger)) {
    await wait(Math.max(0, Math.ceil(toClockMs(pace, at) - Date.now())), undefined, { signal });
    await happen();
  }
  const conversationId = messenger.conversationId();
  if (conversationId === undefined) throw new Error("Nobody opened a conversation in this session");
  return conversationId;
}

function scenesOf(play: Play, messenger: Messenger) {
  const { url, intercom, session, pace, fault, narrator, signal } = play;
  const { tell } = narrator;
  const [firstName = session.user.name] = session.user.name.split(" ");

  const batches = session.batches.map((batch, index): Scene => {
    const titles = batch.actions.map(({ title }) => title).join(", ");
    const count = batch.actions.length === 1 ? "1 action" : `${batch.actions.length} actions`;
    return {
      at: batch.at,
      happen() {
        tell("browser", `batch ${index + 1} of ${session.batches.length}, ${count}: ${titles}`);
        return pushBatch(url, payloadOf(session, batch, pace), signal);
      },
    };
  });
  const messages = session.chat.map(
    ({ at, text }, index): Scene => ({
      at,
      happen() {
        tell("Intercom", `${firstName} ${index === 0 ? "opens the Messenger" : "replies"} (webhook): “${text}”`);
        return messenger.write(text);
      },
    }),
  );
  const faults = intercom && fault ? [faultScene(play, intercom, fault)] : [];
  return [...faults, ...batches, ...messages].toSorted((one, other) => one.at - other.at);
}

/** A fault that takes the next so many notes is to meet those of what the user does next, and no summary of earlier ones. */
function faultScene(
  { session: { fault_at }, pace: { speed }, narrator: { tell }, atRest }: Play,
  intercom: FakeIntercom,
  name: FaultName,
): Scene {
  const { happens, forS, count, fromTheStart } = faultPlan[name];
  return {
    at: fromTheStart ? 0 : fault_at,
    async happen() {
      if (count !== undefined) await atRest();
      tell("Intercom", `FAULT ${name}: ${happens}${forS === undefined ? "" : `, for ${forS} s`}`);
      intercom.fault(faultAt(name, speed));
    },
  };
}
