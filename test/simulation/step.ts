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

/** Every step of the actor worker. */
export const turnSteps = [...steps, ...offerSteps, ...languageSteps] as const;

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

export type Step = (typeof turnSteps)[number] | (typeof jobSteps)[number];
