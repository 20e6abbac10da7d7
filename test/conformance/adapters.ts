import type { Adapters } from "./adapter.ts";
import { activityContextAdapters } from "./adapters/activity-context.ts";
import { intercomRestAdapters } from "./adapters/intercom-rest.ts";
import { judgeAdapters } from "./adapters/judge.ts";
import { noteFormatAdapters } from "./adapters/note-format.ts";
import { payloadAdapters } from "./adapters/payload.ts";
import { proactiveConfigAdapters } from "./adapters/proactive-config.ts";
import { ragQueryAdapters } from "./adapters/rag-query.ts";
import { resilienceAdapters } from "./adapters/resilience.ts";
import { sessionStateAdapters } from "./adapters/session-state.ts";
import { summarySequenceAdapters } from "./adapters/summary-sequences.ts";
import { triggerEvaluationAdapters } from "./adapters/trigger-evaluation.ts";
import { triggerContextAdapters } from "./adapters/triggers.ts";
import { writerPolicyAdapters } from "./adapters/writer-policy.ts";

/** Every `fn` that the shipped code can run, by its name in the vectors. */
export const adapters: Adapters = {
  ...payloadAdapters,
  ...noteFormatAdapters,
  ...writerPolicyAdapters,
  ...summarySequenceAdapters,
  ...triggerContextAdapters,
  ...triggerEvaluationAdapters,
  ...judgeAdapters,
  ...sessionStateAdapters,
  ...resilienceAdapters,
  ...proactiveConfigAdapters,
  ...intercomRestAdapters,
  ...ragQueryAdapters,
  ...activityContextAdapters,
};
