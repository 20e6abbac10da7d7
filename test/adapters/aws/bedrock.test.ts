import {
  AccessDeniedException,
  InternalServerException,
  ModelErrorException,
  ModelNotReadyException,
  ModelTimeoutException,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ServiceUnavailableException,
  ThrottlingException,
  ValidationException,
} from "@aws-sdk/client-bedrock-runtime";
import { expect, test } from "vitest";
import { askingBedrock } from "../../../lambdas/adapters/aws/bedrock.ts";

const ask = (error: unknown) =>
  askingBedrock({ label: "Converse", lost: "uncertain" }, 20_000, () => Promise.reject(error));

/** With the status that Amazon Bedrock documents for it. */
const answered = (httpStatusCode: number) => ({ message: "private", $metadata: { httpStatusCode } });

test.each([
  [new ValidationException(answered(400)), "TerminalError", "rejected"],
  [new AccessDeniedException(answered(403)), "TerminalError", "unauthorized"],
  [new ResourceNotFoundException(answered(404)), "TerminalError", "gone"],
  [new ModelTimeoutException(answered(408)), "RetryableError", "uncertain"],
  [new ModelErrorException(answered(424)), "RetryableError", "failed"],
  [new ThrottlingException(answered(429)), "RetryableError", "limited"],
  [new ServiceQuotaExceededException(answered(400)), "RetryableError", "limited"],
  [new ModelNotReadyException(answered(429)), "RetryableError", "failed"],
  [new InternalServerException(answered(500)), "RetryableError", "failed"],
  [new ServiceUnavailableException(answered(503)), "RetryableError", "failed"],
  [
    Object.assign(new Error("private"), { name: "ExpiredTokenException", ...answered(403) }),
    "TerminalError",
    "unauthorized",
  ],
  [Object.assign(new SyntaxError("private"), answered(200)), "RetryableError", "failed"],
  [Object.assign(new Error("private"), { code: "ECONNREFUSED" }), "RetryableError", "failed"],
  [Object.assign(new Error("private"), { code: "ECONNRESET" }), "RetryableError", "uncertain"],
])("%s is a %s: %s", async (error, name, reason) => {
  const thrown = await ask(error).catch((ours: unknown) => ours);
  expect(thrown).toMatchObject({ name, reason });
  expect(`${thrown}`).not.toContain("private");
});
