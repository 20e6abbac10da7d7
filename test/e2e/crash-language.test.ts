import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { afterAnswer, afterSummary, answerJob, documents, summaryJob, written } from "./support/crash-language.ts";
import { crashReport, survived } from "./support/crash-report.ts";
import { crashEverywhere } from "./support/crash-table.ts";
import { type System, startSystem } from "./support/system.ts";

const LANES = 6;

let lanes: readonly System[] = [];

beforeAll(async () => {
  lanes = await Promise.all(Array.from({ length: LANES }, () => startSystem(documents, { redeliversAtOnce: true })));
  for (const { bedrock } of lanes) bedrock.setAnswer(() => written);
});

afterAll(() => Promise.all(lanes.map((lane) => lane.close())));

describe("a process killed at any network call after a language model was asked leaves one text, and no gap", () => {
  it.each([
    {
      story: afterSummary,
      takes: [
        "tell session",
        "load session",
        "commit session",
        "post note",
        "write summary row",
        "publish summary.posted",
        "read note rows",
        "redact note",
        "publish notes.redacted",
      ],
    },
    { story: summaryJob, takes: ["ask for job", "ask model"] },
    {
      story: afterAnswer,
      takes: [
        "tell session",
        "load session",
        "commit session",
        "read conversation",
        "post answer",
        "publish answer.posted",
      ],
    },
    { story: answerJob, takes: ["ask for job", "claim question", "ask model"] },
  ])("$story.name", async ({ story, takes }) => {
    const { steps, crashes } = await crashEverywhere(lanes, story);
    process.stdout.write(crashReport(story.name, crashes));

    expect(crashes.filter((crash) => !survived(crash)).map(({ point }) => point)).toEqual([]);
    expect(crashes).toHaveLength(2 * steps.length);
    expect(new Set(steps)).toEqual(new Set(takes));
  });
});
