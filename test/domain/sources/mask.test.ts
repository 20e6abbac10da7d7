import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskText, toMaskRules } from "../../../lambdas/domain/sources/mask.ts";

const rules = toMaskRules({ allow: [], deny: [] });

/** Waited out only by a machine that is busy with much else: odd texts take a while to make. */
const PATIENCE_MS = 60_000;

/** Completes digits to a number that passes Luhn's check. */
function card(digits: readonly number[]): string {
  const total = [...digits].reverse().reduce((sum, digit, place) => {
    const doubled = digit * (place % 2 === 0 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return [...digits, (10 - (total % 10)) % 10].join("");
}

const words = fc.constantFrom(
  "Pay",
  "with",
  "Konto",
  "請求書",
  "an",
  "…",
  "über",
  "1,250.00 €",
  "2026-04-14",
  "v1.2.3",
);
const around = fc.array(words, { maxLength: 4 }).map((list) => list.join(" "));

describe("a text", () => {
  it("never tells an e-mail address", () => {
    fc.assert(
      fc.property(fc.emailAddress(), around, around, (address, before, behind) => {
        expect(maskText(`${before} ${address} ${behind}`, rules)).not.toContain(address);
      }),
    );
  });

  it("never tells a card's number, however it is grouped and whatever number stands before it", () => {
    const digits = fc.array(fc.nat(9), { minLength: 12, maxLength: 18 });
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom("", " ", "-", ". "),
        around,
        fc.constantFrom("", "7 "),
        (own, gap, text, other) => {
          const grouped = card(own).replaceAll(/\d{4}(?=\d)/g, `$&${gap}`);
          expect(maskText(`${text} ${other}${grouped}`, rules)).not.toContain(grouped);
        },
      ),
    );
  });

  it("never tells an e-mail address in which something invisible stands", () => {
    const invisible = fc.constantFrom("\u200b", "\u200c", "\u200d", "\u200e", "\u2063", "\ufe0f", "\u{e0020}");
    const letters = fc.stringMatching(/^[a-z]{3,8}$/);
    fc.assert(
      fc.property(letters, letters, invisible, fc.nat(), (name, host, hidden, at) => {
        const address = [...`${name}@${host}.com`];
        const told = maskText(address.toSpliced(at % address.length, 0, hidden).join(""), rules);
        expect(told).not.toMatch(new RegExp(`${name}|${host}`));
      }),
    );
  });

  it("never tells a run of seven digits or more", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{7,30}$/), around, (run, text) => {
        expect(maskText(`${text}${run} ${text}`, rules)).not.toMatch(/\d{7}/);
      }),
    );
  });

  it("masked twice is as masked once", { timeout: PATIENCE_MS }, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const once = maskText(text, rules);
        expect(maskText(once, rules)).toBe(once);
      }),
    );
  });

  it("of words, amounts, dates and versions stays as it is", () => {
    fc.assert(
      fc.property(around, (text) => {
        expect(maskText(text, rules)).toBe(text);
      }),
    );
  });

  it.each([
    ["Signed in as jane.doe+test@mail.example.co.uk", "Signed in as ***"],
    ["Schreib an jürgen@müller.example", "Schreib an ***"],
    ["連絡先 taro＠example.jp まで", "連絡先 *** まで"],
    ["password: hunter2", "password: ***"],
    ["Passwort = geheim123!", "Passwort = ***"],
    ["パスワード：himitsu", "パスワード：***"],
    ["api_key=sk_live_abc", "api_key=***"],
    ["Card 4111-1111-1111-1111 saved", "Card *** saved"],
    ["Card 4111 1111 1111 1112 saved", "Card 4111 1111 1111 1112 saved"],
    ["カード ４１１１ １１１１ １１１１ １１１１", "カード ***"],
    ["IBAN DE44 5001 0517 5407 3249 31", "IBAN ***"],
    ["Call +49 (30) 901820-0", "Call ***"],
    ["Order 12345678", "Order ***"],
    ["Order 123456", "Order 123456"],
    ["4111\u200b1111\u200b1111\u200b1111", "***"],
    ["jane\u200d@example.com", "***"],
    ["ja\u200cne@exam\u2060ple.com", "***"],
    ["張\u200d@example.com", "***"],
    ["jane@example.com!joe@example.com", "******"],
    ['"Jane Doe"@example.com', "***"],
    ["jane@intranet", "***"],
    ["jane@[10.0.0.1]", "***"],
    ["jane%2540example.com", "***"],
    ["react@18 is out", "react@18 is out"],
    ['password: "correct horse", please', "password: ***, please"],
    [`token=${"a".repeat(300)}`, "token=***"],
    ["Authorization: Bearer abc.def", "Authorization: Bearer ***"],
    ["Passcode: 1234", "Passcode: ***"],
    ["Your link eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_123", "Your link ***"],
    ["Key sk_live_4eC39HqLyjWDarjtT1zdp7dc", "Key ***"],
    ["Commit 9fceb02d0ae598e95dc970b74767a19372d61af8", "Commit 9fceb02d0ae598e95dc970b74767a19372d61af8"],
    ["getUserProfileByIdentifier2", "getUserProfileByIdentifier2"],
    ["4111_1111_1111_1111", "***"],
    ["4111 – 1111 – 1111 – 1111", "***"],
    ["123-45-6789", "***"],
    ["v1.2.3 2026-04-14 2026-04-14", "v1.2.3 2026-04-14 2026-04-14"],
    ["می\u200cخواهم 👩\u200d💻 ❤\ufe0f", "می\u200cخواهم 👩\u200d💻 ❤\ufe0f"],
    ["a\u2066b\u202ec\u{e0041}", "abc"],
    ["Change password", "Change password"],
    ["Ticket 2026-04-14 17:31", "Ticket 2026-04-14 17:31"],
  ])("%j is told as %j", (text, told) => {
    expect(maskText(text, rules)).toBe(told);
  });
});

describe("a product's own lists", () => {
  it("let stand what it allows, in any case, and nothing like it", () => {
    const allowing = toMaskRules({ allow: ["support@example.com", "0800 1234567"], deny: [] });
    expect(maskText("Ask Support@Example.com, not jane@example.com", allowing)).toBe(
      "Ask Support@Example.com, not ***",
    );
    expect(maskText("Call 0800 1234567, not 0800 1234568", allowing)).toBe("Call 0800 1234567, not 0800 ***");
    expect(maskText("no-support@example.com", allowing)).toBe("***");
  });

  it("mask what it denies, in any case and as it is written, wherever it stands", () => {
    const denying = toMaskRules({ allow: [], deny: ["falcon", "project falcon", "a.b*"] });
    expect(maskText("Project Falcon (a.b*, aXb) of FALCONS", denying)).toBe("*** (***, aXb) of ***S");
  });

  it("mask a denied word whose letters are composed another way, or parted by what shows nothing", () => {
    const denying = toMaskRules({ allow: [], deny: ["Cafe\u0301 Falcon"] });
    expect(maskText("Café Fal\u200dcon", denying)).toBe("***");
  });

  it("mask what is both allowed and denied", () => {
    const both = toMaskRules({ allow: ["a@example.com"], deny: ["a@example.com"] });
    expect(maskText("a@example.com", both)).toBe("***");
  });
});
