import { describe, expect, it } from "vitest";
import { identitiesOfContact, identityOfSession } from "../../../lambdas/domain/person/identity.ts";

describe("who a contact is", () => {
  it("goes by the external id before the platform's own, and by the vouched e-mail beside it", () => {
    expect(identitiesOfContact({ contactId: "c", externalId: "u", email: "Ann@Example.com " })).toEqual([
      { by: "external", value: "u" },
      { by: "email", value: "ann@example.com" },
    ]);
    expect(identitiesOfContact({ contactId: "c", externalId: "" })).toEqual([{ by: "contact", value: "c" }]);
  });

  it("is nobody when the platform told nothing", () => {
    expect(identitiesOfContact({})).toEqual([]);
    expect(identitiesOfContact({ email: " " })).toEqual([]);
  });
});

describe("an e-mail address", () => {
  it.each([
    ["a Kelvin sign", "\u212aate@example.com", "kate@example.com"],
    ["a dotted capital I", "\u0130da@example.com", "i\u0307da@example.com"],
    ["a space that is none in an address", "\u00a0kate@example.com", "kate@example.com"],
    ["a byte order mark", "\ufeffkate@example.com", "kate@example.com"],
  ])("is not another's that it only looks like, by %s", (_, one, other) => {
    expect(identityOfSession({ email: one })).not.toEqual(identityOfSession({ email: other }));
  });
});

describe("who a session is", () => {
  it("goes by the user's id, else by the e-mail, else by nothing", () => {
    expect(identityOfSession({ userId: "u", email: "a@b.c" })).toEqual({ by: "external", value: "u" });
    expect(identityOfSession({ userId: "", email: "A@b.c" })).toEqual({ by: "email", value: "a@b.c" });
    expect(identityOfSession({})).toBeUndefined();
  });

  it("is found by the message of the same person, whichever of the two they are known by", () => {
    const told = identitiesOfContact({ contactId: "c", externalId: "u", email: "ann@example.com" });
    expect(told).toContainEqual(identityOfSession({ userId: "u" }));
    expect(told).toContainEqual(identityOfSession({ email: "ANN@example.com" }));
  });
});
