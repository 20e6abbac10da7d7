import type { NoteRow } from "../lambdas/app/ports.ts";
import type { ActivityRow } from "../lambdas/domain/activity/activity-row.ts";
import type { SessionActor } from "../lambdas/domain/actor/actor.ts";
import type { SessionState } from "../lambdas/domain/session/state.ts";
import { timeText } from "./age.ts";
import { maskEmails, maskIdentity } from "./mask.ts";

/** All that is shown of a session: descriptions as they are but for e-mail addresses, identities masked. */
export type SessionReport = {
  readonly product_id: string;
  readonly session_id: string;
  readonly link: SessionState["link"];
  readonly gone_conversation_id: string | null;
  readonly person: { readonly by: string; readonly value: string; readonly told_at: number } | null;
  readonly batches: number;
  readonly posted_through: number;
  readonly waiting_since: number | null;
  readonly slots: { readonly note: SessionState["note"]; readonly claim: SessionState["claim"] };
  /** Milliseconds; null when no alarm is pending. */
  readonly alarms: { readonly wake_at: number | null; readonly schedule_at: number | null };
  readonly suspect: SessionState["suspect"];
  readonly last_accepted_at: number;
  readonly rows: readonly {
    readonly n: number;
    readonly accepted_at: number;
    readonly actions: readonly { readonly at_s: number; readonly description: string }[];
  }[];
  readonly notes: readonly NoteRow[];
};

export type SessionFacts = {
  readonly state: SessionState;
  /** Newest first. */
  readonly rows: readonly ActivityRow[];
  readonly notes: readonly NoteRow[];
};

/** @param reveal shows identities and addresses as they are. */
export function reportSession(
  { productId, sessionId }: SessionActor,
  { state, rows, notes }: SessionFacts,
  { reveal, now }: { readonly reveal: boolean; readonly now: number },
): SessionReport {
  const pending = (at: number): number | null => (at > now ? at : null);
  const shown = (text: string): string => (reveal ? text : maskEmails(text));
  return {
    product_id: productId,
    session_id: sessionId,
    link: state.link,
    gone_conversation_id: state.goneConversationId,
    person: state.person && {
      by: state.person.identity.by,
      value: reveal ? state.person.identity.value : maskIdentity(state.person.identity.value),
      told_at: state.person.toldAt,
    },
    batches: state.appended,
    posted_through: state.postedThrough,
    waiting_since: state.waitingSince,
    slots: { note: state.note, claim: state.claim },
    alarms: { wake_at: pending(state.wakeAt), schedule_at: pending(state.scheduleAt) },
    suspect: state.suspect,
    last_accepted_at: state.lastAcceptedAt,
    rows: rows.map(({ n, acceptedAt, actions }) => ({
      n,
      accepted_at: acceptedAt,
      actions: actions.map(({ timestamp_start, description }) => ({
        at_s: timestamp_start,
        description: shown(description),
      })),
    })),
    notes,
  };
}

export function sessionLines(report: SessionReport): readonly string[] {
  const { link, person, slots, alarms } = report;
  const time = (at: number | null): string => (at === null ? "none" : timeText(at));
  return [
    `Session ${report.session_id} of ${report.product_id}`,
    "",
    `  conversation   ${link ? `${link.conversationId}, linked ${timeText(link.at)}${link.verified ? "" : ", unverified"}` : "not linked"}`,
    ...(report.gone_conversation_id ? [`  gone           ${report.gone_conversation_id}`] : []),
    `  person         ${person ? `${person.by} ${person.value}, told ${timeText(person.told_at)}` : "not known"}`,
    `  batches        ${report.batches}, noted or settled up to ${report.posted_through}`,
    `  last batch     ${report.last_accepted_at > 0 ? timeText(report.last_accepted_at) : "none"}`,
    `  note slot      ${slots.note ? `${slots.note.step}, ${slots.note.tries} tries` : "empty"}`,
    `  claim slot     ${slots.claim ? `${slots.claim.conversationId}, ${slots.claim.tries} tries` : "empty"}`,
    `  next alarm     ${time(alarms.wake_at)}`,
    `  next schedule  ${time(alarms.schedule_at)}`,
    ...(report.suspect
      ? [`  suspect        message ${report.suspect.messageId} was tried ${report.suspect.trials} times`]
      : []),
    "",
    `Last ${report.rows.length} batches, newest first:`,
    ...report.rows.flatMap(({ n, accepted_at, actions }) => [
      `  ${n}  accepted ${timeText(accepted_at)}`,
      ...actions.map(({ at_s, description }) => `      ${timeText(at_s * 1_000)}  ${description}`),
    ]),
    "",
    `Last ${report.notes.length} notes, newest first:`,
    ...report.notes.map(
      ({ through, partId, conversationId, postedAt }) =>
        `  through batch ${through}: part ${partId} of ${conversationId}, ${timeText(postedAt)}`,
    ),
  ];
}
