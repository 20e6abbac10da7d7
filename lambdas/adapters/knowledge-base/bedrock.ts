import {
  type BedrockAgentRuntimeClient,
  type KnowledgeBaseRetrievalResult,
  RetrieveCommand,
} from "@aws-sdk/client-bedrock-agent-runtime";
import type { KnowledgeRecord } from "../../domain/language/knowledge.ts";
import { cutCodePoints } from "../../domain/text/code-points.ts";
import { askingBedrock } from "../aws/bedrock.ts";
import { type Called, unreadableError } from "../http/failures.ts";
import { MAX_RECORDS, TIMEOUT_MS } from "./limits.ts";

const called: Called = { label: "Retrieve", lost: "failed" };

/** Characters of a query (Amazon Bedrock API Reference, `KnowledgeBaseQuery`). */
const MAX_QUESTION_LENGTH = 1_000;

/**
 * Excerpts of a knowledge base of Amazon Bedrock, as they are: no answer is made of them.
 *
 * @param client set up as {@link bedrockSettings} says
 * @throws TerminalError, RetryableError
 */
export async function retrieveFromBedrock(
  client: BedrockAgentRuntimeClient,
  knowledgeBaseId: string,
  question: string,
): Promise<readonly KnowledgeRecord[]> {
  const text = cutCodePoints(question, MAX_QUESTION_LENGTH);
  const command = new RetrieveCommand({ knowledgeBaseId, retrievalQuery: { text } });
  const { retrievalResults } = await askingBedrock(called, TIMEOUT_MS, (abortSignal) =>
    client.send(command, { abortSignal }),
  );
  if (retrievalResults === undefined) throw unreadableError(called);
  return retrievalResults.flatMap(toRecord).slice(0, MAX_RECORDS);
}

/** Pictures and sounds have no text. */
function toRecord({ content, location }: KnowledgeBaseRetrievalResult): readonly KnowledgeRecord[] {
  if (!content?.text) return [];
  const source = location?.s3Location?.uri ?? location?.webLocation?.url;
  return [{ title: source?.split("/").findLast((part) => part !== "") ?? null, content: content.text }];
}
