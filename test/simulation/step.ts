/** Requests that a process makes and waits for: the places where it can die. */
export const steps = [
  "find product",
  "read pause",
  "write pause",
  "load item",
  "write activity row",
  "write note row",
  "write item",
  "read writer",
  "read activity",
  "read notes",
  "send to actors",
  "send deadline",
  "create schedule",
  "quarantine",
  "postpone",
  "publish events",
  "post note",
  "find note",
  "read contacts",
] as const;

/** Those of turns that offer help, or take it away. */
export const offerSteps = [
  "read circuit",
  "write circuit",
  "count offer",
  "announce events",
  "send offer",
  "find offer",
  "read origin",
  "delete conversation",
] as const;

/** Those of turns that summarise and answer. */
export const languageSteps = [
  "send job",
  "post summary",
  "find summary",
  "write summary row",
  "read summaries",
  "redact note",
  "send answer",
  "find answer",
] as const;

/** Those of turns that somebody outside hears of. */
export const outsideSteps = [
  "send push",
  "write page row",
  "number payloads",
  "remember number",
  "read number",
  "write feed row",
] as const;

/** Every step of the actor worker. */
export const turnSteps = [...steps, ...offerSteps, ...languageSteps, ...outsideSteps] as const;

/** Every step of the language worker, which performs jobs. */
export const jobSteps = [
  "find product",
  "claim message",
  "read turns",
  "read activity",
  "read summaries",
  "ask model",
  "send to actors",
] as const;

/** Every step of the function that streams. */
export const streamSteps = [
  "load item",
  "read page rows",
  "send to actors",
  "listen to feed",
  "read mark",
  "read feed",
  "read feed rows",
  "write mark",
] as const;

/** Every step of the delivery of pushes. */
export const pushSteps = ["find product", "deliver push", "postpone"] as const;

export type Step =
  | (typeof turnSteps)[number]
  | (typeof jobSteps)[number]
  | (typeof streamSteps)[number]
  | (typeof pushSteps)[number];
