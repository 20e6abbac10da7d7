import { setTimeout as sleep } from "node:timers/promises";
import type { Wait } from "../../app/stream-ports.ts";

export const systemWait: Wait = (ms, signal) => sleep(ms, undefined, { signal }).catch(() => undefined);
