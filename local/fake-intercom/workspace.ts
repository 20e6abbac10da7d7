import type { Api } from "./api.ts";
import { type Control, createControl } from "./control.ts";
import { createFaultSwitch } from "./faults.ts";
import { createJournal, type Journal } from "./journal.ts";
import type { Settings } from "./options.ts";
import { createRateLimit } from "./rate-limit.ts";
import { createWebhooks } from "./webhooks.ts";
import { createWorld } from "./world.ts";

/** One customer's Intercom: its people, conversations, faults, limits, counts and webhooks are its own. */
export type Workspace = {
  readonly api: Api;
  readonly journal: Journal;
  readonly control: Control;
  /** Resolves when no webhook is under way. */
  close(): Promise<void>;
};

export function createWorkspace(settings: Settings): Workspace {
  const api: Api = {
    world: createWorld(settings),
    faults: createFaultSwitch(),
    rateLimit: createRateLimit(settings.requestsPerWindow),
    tokens: new Set(settings.tokens),
  };
  const journal = createJournal();
  const webhooks = createWebhooks(journal);
  return { api, journal, control: createControl(api, journal, webhooks), close: webhooks.close };
}
