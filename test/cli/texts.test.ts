import { describe, expect, it } from "vitest";
import { ageText, timeText } from "../../cli/age.ts";
import { describeLetter, readLetter } from "../../cli/letter.ts";
import { maskEmails, maskIdentity } from "../../cli/mask.ts";
import { parseSecretLines } from "../../cli/secret-input.ts";
import { readStoredDocument } from "../../cli/stored-document.ts";

describe("ages and times", () => {
  it.each([
    [0, "0 s"],
    [59_400, "59 s"],
    [3_600_000, "1 h"],
    [3_725_000, "1 h 2 min"],
    [26 * 3_600_000, "1 d 2 h"],
  ])("%i ms are %s", (ms, text) => {
    expect(ageText(ms)).toBe(text);
  });

  it("tell UTC", () => {
    expect(timeText(1_763_699_696_789)).toBe("2025-11-21 04:34:56 UTC");
  });
});

describe("masking", () => {
  it("leaves no address in a text", () => {
    const text = maskEmails("From jané.roe+x@mail.example.co.uk to bob@example.com, not @home");
    expect(text).toBe("From j***@*** to b***@***, not @home");
  });

  it("keeps of an identity what tells it from another", () => {
    expect(maskIdentity("user-4711")).toBe("us*** (9 characters)");
  });
});

describe("lines of secrets", () => {
  it("are NAME=VALUE, with comments and empty lines between", () => {
    const lines = parseSecretLines("# from the vault\n\nINTERCOM_ACCESS_TOKEN=a=b\r\nINTERCOM_CLIENT_SECRET=c\n");
    expect([...lines]).toEqual([
      ["INTERCOM_ACCESS_TOKEN", "a=b"],
      ["INTERCOM_CLIENT_SECRET", "c"],
    ]);
  });

  it("are refused by number, never by what they say", () => {
    expect(() => parseSecretLines("A=1\nhunter2")).toThrow("Line 2 of the secrets is not NAME=VALUE");
  });
});

describe("a stored document", () => {
  it.each([
    ["missing", undefined, [{ path: "config", reason: "is missing" }]],
    ["no JSON", "{", [{ path: "config", reason: "is not JSON" }]],
  ])("that is %s is one problem", (_, text, problems) => {
    expect(readStoredDocument(text)).toMatchObject({ document: undefined, problems });
  });

  it("warns of keys that mean nothing, at any depth", () => {
    const { problems, warnings } = readStoredDocument(
      JSON.stringify({ intercom: { admin_id: "1" }, delivery: { call_timeouts: 1 }, colour: "red" }),
    );
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      { path: "delivery.call_timeouts", reason: "is unknown and means nothing; is call_timeout_s meant?" },
      { path: "colour", reason: "is unknown and means nothing" },
    ]);
  });
});

describe("a dead letter", () => {
  const envelope = (message: object) =>
    JSON.stringify({ actor: { kind: "session", productId: "acme", sessionId: "s" }, message });
  const actors = { name: "actors", maxReceives: 100 } as const;

  it("says why the worker set it aside", () => {
    const MessageAttributes = { reason: { DataType: "String", StringValue: "the product is not configured" } };
    const Body = envelope({ type: "actions", id: "b.0", acceptedAt: 5_000, latestAt: null, actions: [] });
    expect(describeLetter(readLetter(actors, { MessageId: "m", Body, MessageAttributes }), 65_000)).toEqual({
      id: "m",
      queue: "actors",
      group: null,
      product_id: "acme",
      kind: "actions",
      reason: "the product is not configured",
      age_s: 60,
    });
  });

  it("of the jobs says what was to be written, for whom, and since when it was asked", () => {
    const Body = JSON.stringify({
      id: "summary>40",
      actor: { kind: "session", productId: "acme", sessionId: "s" },
      askedAt: 5_000,
      notAfter: 305_000,
      kind: "summary",
      after: 0,
      through: 40,
    });
    expect(describeLetter(readLetter({ name: "jobs", maxReceives: 5 }, { MessageId: "m", Body }), 65_000)).toEqual({
      id: "m",
      queue: "jobs",
      group: null,
      product_id: "acme",
      kind: "summary",
      reason: "received 5 times, and never done with",
      age_s: 60,
    });
  });

  it("that SQS moved was received too often", () => {
    const Body = envelope({ type: "link", id: "l", acceptedAt: 1, conversationId: "1" });
    expect(readLetter(actors, { Body })).toMatchObject({
      kind: "link",
      reason: "received 100 times, and never done with",
    });
  });

  it("of a lane is an alarm, and Scheduler says what went wrong", () => {
    const deadline = JSON.stringify({
      actor: { kind: "session", productId: "acme", sessionId: "s" },
      dueAt: 1,
      nonce: "n",
    });
    expect(readLetter({ name: "deadlines", maxReceives: 100 }, { Body: deadline })).toMatchObject({
      kind: "alarm",
      productId: "acme",
    });
    const MessageAttributes = {
      ERROR_CODE: { DataType: "String", StringValue: "AWS.SimpleQueueService.NonExistentQueue" },
    };
    const Body = envelope({ type: "wake", id: "n", acceptedAt: 1 });
    expect(readLetter({ name: "scheduler", maxReceives: undefined }, { Body, MessageAttributes })).toMatchObject({
      kind: "alarm",
      reason: "AWS.SimpleQueueService.NonExistentQueue",
    });
  });
});
