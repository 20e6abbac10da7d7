import { randomBytes } from "node:crypto";
import type { NewSecret } from "../../app/operator-ports.ts";

const BYTES = 32;

export const newSecret: NewSecret = () => randomBytes(BYTES).toString("base64url");
