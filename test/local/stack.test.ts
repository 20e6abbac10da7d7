import { describe, expect, it } from "vitest";
import { resolveStack } from "../../local/template/stack.ts";
import type { Resource } from "../../local/template/template.ts";
import { fifoQueue, fixtureStack, functionResource } from "./fixture-stack.ts";

const addresses = {
  gatewayUrl: "http://127.0.0.1:1",
  publicUrl: "http://127.0.0.1:2",
  functionUrl: "http://127.0.0.1:3",
};
const resolve = (resources: Record<string, Resource>) =>
  resolveStack(fixtureStack(resources), addresses).filter(({ logicalId }) => logicalId !== "Role");

describe("a resolved stack", () => {
  it("gives a function the names and addresses of what it refers to", () => {
    const variables = {
      URL: { Ref: "Mailbox" },
      ARN: { "Fn::GetAtt": ["Mailbox", "Arn"] },
      ROLE: { "Fn::GetAtt": ["Role", "Arn"] },
      PLACE: { "Fn::Sub": "$" + "{AWS::Partition}/$" + "{AWS::Region}/$" + "{AWS::AccountId}" },
    };

    const [mailbox, worker] = resolve({
      Mailbox: fifoQueue(),
      Worker: functionResource("echo", { variables }),
    });

    expect(mailbox?.name).toMatch(/^Fixture-Mailbox-[0-9A-F]{12}\.fifo$/);
    expect(worker?.properties.Environment).toEqual({
      Variables: {
        URL: `http://127.0.0.1:1/000000000000/${mailbox?.name}`,
        ARN: `arn:aws:sqs:us-east-1:000000000000:${mailbox?.name}`,
        ROLE: expect.stringMatching(/^arn:aws:iam::000000000000:role\/Fixture-Role-/),
        PLACE: "aws/us-east-1/000000000000",
      },
    });
  });

  it("cuts a generated name to the length that the service allows", () => {
    const [queue] = resolve({ [`Mailbox${"x".repeat(100)}`]: fifoQueue() });

    expect(queue?.name).toHaveLength(80);
    expect(queue?.name).toMatch(/\.fifo$/);
  });

  it("names a type that it does not know", () => {
    expect(() => resolve({ Stream: { Type: "AWS::Kinesis::Stream" } })).toThrow(
      "Resources.Stream: the local cloud does not know the type AWS::Kinesis::Stream",
    );
  });

  it("names a reference to nothing", () => {
    const variables = { URL: { Ref: "Missing" } };

    expect(() => resolve({ Worker: functionResource("echo", { variables }) })).toThrow(
      "Resources.Missing: there is no such resource",
    );
  });

  it("names an attribute that the resource does not have", () => {
    const variables = { URL: { "Fn::GetAtt": ["Mailbox", "Colour"] } };

    expect(() => resolve({ Mailbox: fifoQueue(), Worker: functionResource("echo", { variables }) })).toThrow(
      "Resources.Mailbox: it has no attribute Colour",
    );
  });
});
