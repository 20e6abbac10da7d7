import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toMaskRules } from "../../../lambdas/domain/sources/mask.ts";
import { canonicalAddress, isDynamic, toldAddress } from "../../../lambdas/domain/sources/page-address.ts";
import { rulesWith } from "../../support/extraction.ts";

const rules = rulesWith();

/** Waited out only by a machine that is busy with much else: odd addresses take a while to make. */
const PATIENCE_MS = 60_000;

describe("a canonical address", () => {
  it("keeps scheme and host, and loses query and fragment", { timeout: PATIENCE_MS }, () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        const url = new URL(address);
        const canonical = canonicalAddress(address, rules);
        expect(canonical.startsWith(`${url.protocol}//${url.host}/`)).toBe(true);
        expect(canonical).not.toMatch(/[?#]/);
      }),
    );
  });

  it("of a canonical address is the same", { timeout: PATIENCE_MS }, () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        const once = canonicalAddress(address, rules);
        expect(canonicalAddress(once, rules)).toBe(once);
      }),
    );
  });

  it("is the same for every number, UUID and hash in its place", () => {
    const dynamic = fc.oneof(
      fc.nat().map(String),
      fc.uuid(),
      fc.stringMatching(/^[0-9a-f]{40}$/).filter((text) => /\d/.test(text)),
      fc.ulid(),
    );
    fc.assert(
      fc.property(dynamic, (id) => {
        expect(canonicalAddress(`https://a.example/projects/${id}/edit?x=1`, rules)).toBe(
          "https://a.example/projects/:id/edit",
        );
      }),
    );
  });

  it.each([
    ["https://jane:secret@a.example:8443/x", "https://a.example:8443/x"],
    ["https://a.example/reports/", "https://a.example/reports/"],
    ["https://a.example//x", "https://a.example//x"],
    ["https://a.example/a%20b", "https://a.example/a%20b"],
    ["https://a.example/%E0%A4%A", "https://a.example/%25E0%25A4%25A"],
    ["https://a.example/u/jane@example.com", "https://a.example/u/:id"],
    ["capacitor://localhost/reports", "capacitor://localhost/reports"],
    ["/reports", ""],
    ["javascript:alert(1)", ""],
    ["javascript://a.example/%0aalert(1)", ""],
    ["data://a.example/x", ""],
    ["blob:https://a.example/9fceb02d", ""],
    ["mailto:jane@example.com", ""],
    ["https://a.example/reports;jsessionid=1A2B3C4D/x;a=b", "https://a.example/reports/x"],
    ["https://a.example/reports%0A%5B7%5D%20Opened%20the%20admin%20page", "https://a.example/:id"],
    ["https://a.example/a%E2%80%A8b/x", "https://a.example/:id/x"],
    ["https://a.example/u%CC%88bersicht", "https://a.example/%C3%BCbersicht"],
    ["data:text/html,x", ""],
    ["", ""],
  ])("of %j is %j", (address, canonical) => {
    expect(canonicalAddress(address, rules)).toBe(canonical);
  });

  it("keeps the query parameters that tell pages apart, sorted, without their ids", () => {
    const keeping = rulesWith({ keepQuery: ["tab", "project"] });
    expect(canonicalAddress("https://a.example/r?tab=sales&utm=x&project=4711", keeping)).toBe(
      "https://a.example/r?project=:id&tab=sales",
    );
  });

  it("keeps the fragment where that is the page, without its query", () => {
    const keeping = rulesWith({ keepFragment: true });
    expect(canonicalAddress("https://a.example/#/projects/42?x=1", keeping)).toBe("https://a.example/#/projects/:id");
  });
});

describe("what a segment is", () => {
  it.each(["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_123", "Zk3-l9q0_v1mabcd12XyZ-pQr8", "dQw4wWgXcQabcVbNmKlP"])(
    "%s is an id, as a token is",
    (segment) => expect(isDynamic(segment)).toBe(true),
  );

  it.each(["42", "9fceb02d", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "k3J9x2LmQ8pZ", "cus_9s6XKzkNRiz8i3", "#123"])(
    "%s is an id",
    (segment) => expect(isDynamic(segment)).toBe(true),
  );

  it.each([
    "reports",
    "time-report",
    "oauth2callback",
    "v2",
    "feedface",
    "web3",
    "iso9001-audit",
    "Q3-2026",
    "How-To-Export-10-Reports-In-2024",
    "getUserProfileById",
  ])("%s is a word", (segment) => expect(isDynamic(segment)).toBe(false));
});

describe("an address as it is told", () => {
  it.each([
    ["https://jane:pw@a.example/reports?tab=sales#top", "https://a.example/reports?tab=sales#top"],
    ["https://a.example/u/jane@example.com?mail=jane%40example.com", "https://a.example/u/***?mail=***"],
    ["https://a.example/reset?token=abc&password=x&tab=1", "https://a.example/reset?token=***&password=***&tab=1"],
    ["https://a.example/cb#access_token=abc&state=1", "https://a.example/cb#access_token=***&state=1"],
    ["https://a.example/orders/1234567890?n=12345678", "https://a.example/orders/***?n=***"],
    ["https://a.example/reset/9f86d081884c7d659a2feaa0c55ad015", "https://a.example/reset/***"],
    [
      "https://a.example/projects/9f86d081884c7d659a2feaa0c55ad015",
      "https://a.example/projects/9f86d081884c7d659a2feaa0c55ad015",
    ],
    ["https://a.example/sign-in/magic/9f86d081884c7d65", "https://a.example/sign-in/magic/***"],
    ["https://a.example/authors/9f86d081884c7d65/invites/42", "https://a.example/authors/9f86d081884c7d65/invites/42"],
    ["https://a.example/#/reset/9f86d081884c7d65", "https://a.example/#/reset/***"],
    [
      "https://a.example/in?to=https%3A%2F%2Fb.example%2Fcb%3Fcode%3Dabc%26x%3D1",
      "https://a.example/in?to=https://b.example/cb%3Fcode%3D***%26x%3D1",
    ],
    ["https://a.example/in?to=mailto%3Ajane%40example.com", "https://a.example/in?to=mailto:***"],
    ["https://a.example/go/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "https://a.example/go/***"],
    [
      "https://a.example/cas?ticket=ST-1&SAMLResponse=PHN&sid=1&side=2",
      "https://a.example/cas?ticket=***&SAMLResponse=***&sid=***&side=2",
    ],
    ["https://a.example/x;jsessionid=1A2B", "https://a.example/x"],
    ["https://a.example/x/token%3Dabc/%31%32%33%34%35%36%37", "https://a.example/x/token%3D***/***"],
    ["https://a.example/%0a[2]%20Paid", "https://a.example/%0a[2]%20Paid"],
    ["not an address", ""],
  ])("%j is %j", (address, told) => {
    expect(toldAddress(address, rules)).toBe(told);
  });

  it("with addresses in addresses without end grows no further than one is encoded", () => {
    const nested = "https://a.example/?to=".repeat(90);
    expect(toldAddress(nested, rules).length).toBeLessThan(9 * nested.length);
  });

  it("never holds a denied word, whatever its place", () => {
    const denying = rulesWith({ mask: toMaskRules({ allow: [], deny: ["falcon"] }) });
    const address = "https://a.example/falcon/x?falcon=falcon#falcon";
    expect(toldAddress(address, denying)).not.toContain("falcon");
    expect(canonicalAddress(address, denying)).not.toContain("falcon");
  });
});
