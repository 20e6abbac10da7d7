import { randomUUID } from "node:crypto";
import type { Random } from "../../app/ports.ts";

export const systemRandom: Random = { unit: () => Math.random(), nonce: () => randomUUID() };
