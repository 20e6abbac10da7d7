import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AcmePage, exportChip, hesitates, openAcmePage } from "../support/acme-page.ts";
import { useChromium } from "../support/chromium.ts";
import { faintTexts } from "../support/contrast.ts";
import { type Focused, focused, press, tab } from "../support/keyboard.ts";
import { type Program, programProcess } from "../support/program-process.ts";

const chromium = useChromium();

let temporary: string;
let program: Program;
let url: string;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), "throughline-page-"));
  program = programProcess("local/main.ts", ["--port", "0", "--speed", "40"], temporary);
  url = /http:\/\/localhost:\d+\//.exec(await program.line(/^Open http/))?.[0] ?? "";
});

afterAll(async () => {
  program.kill();
  await program.exit;
  await rm(temporary, { recursive: true, force: true });
});

/** A browser profile of its own: tests wait more than they work, and some of them wait together. */
const open = (size?: Parameters<typeof openAcmePage>[2]) => openAcmePage(chromium(), url, size);

/** What stands in notes, without their heads. */
const linesOf = (notes: readonly string[]) =>
  notes.flatMap((note) => [...note.matchAll(/^\[\d+\] (.*)$/gm)].map(([, line = ""]) => line));

/** In pixels of the window; NaN for what is not there. */
const boxOf = async (shown: Locator) => (await shown.boundingBox()) ?? { y: Number.NaN, height: Number.NaN };

const widthOf = ({ page }: AcmePage) => page.evaluate<number>("document.documentElement.scrollWidth");

describe("the page that npm start opens with", () => {
  it("makes a note of what its user clicks, by the real posthog-js, and goes on as the user does", async () => {
    await using acme = await open();
    const { page, opens, untilInbox } = acme;
    const guide = page.getByRole("region", { name: "Guide" });
    expect(await guide.innerText()).toContain("1 of 5 In Acme, open Reports");
    await acme.tells("/reports", () => opens("Reports"));
    await acme.tells("/reports/1", () => page.getByRole("link", { name: "Time by project" }).click());
    await acme.tells("Export CSV", () => page.getByRole("button", { name: "Export CSV" }).click());
    await guide.getByText("2 of 5").waitFor();

    await page.getByRole("button", { name: "I can't export a report" }).click();
    await untilInbox(/Opened the home page/);
    await page.getByRole("button", { name: "Share" }).click();
    await untilInbox(/Clicked the Share button/);

    expect(linesOf(await acme.notes())).toEqual([
      "Opened the home page",
      "Opened the Reports page",
      "Clicked the Time by project link on the Reports page",
      "Opened a Reports page",
      "Clicked the Export CSV button on a Reports page",
      "Clicked the Share button on a Reports page",
    ]);
    expect(await page.locator("#messages").innerText()).not.toContain("Opened the Reports page");
    await untilInbox(/This may help/);
    await guide.getByText("3 of 5").waitFor();
    await page.getByText("posthog-js has sent 6 events").waitFor();
    await acme.picture("page-note");
    expect(acme.problems).toEqual([]);
    expect([...acme.hosts].sort()).toEqual(["127.0.0.1", "localhost"]);
  });

  it.concurrent("tells that fields were filled in, and never with what", async () => {
    await using acme = await open();
    const { page, opens } = acme;
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.postData() ?? ""));
    await opens("Settings");
    await page.getByLabel("Company name").fill("Vale Secret Ltd");
    await page.getByLabel("New password").fill("correct horse battery");
    await page.getByLabel("Role").selectOption("Owner");
    await page.getByRole("button", { name: "Save settings" }).click();
    await acme.writes("Is it saved?");
    await acme.untilInbox(/Submitted the Settings form/);
    await acme.untilInbox("Filled in the password field on the Settings page");

    const notes = (await acme.notes()).join("\n");
    const typed = /Vale Secret|correct horse|battery/;
    expect(notes).not.toMatch(typed);
    expect(sent.filter((body) => typed.test(body))).toEqual([]);
  });

  it.concurrent("shows that a summary has taken the place of the notes", async () => {
    await using acme = await open({ width: 1_024, height: 768 });
    const { page, opens } = acme;
    await acme.writes("I am looking around");
    for (const _ of Array(4)) await opens("Projects", "Reports", "Settings", "Billing", "Settings");
    await acme.untilInbox(/taken away: a summary tells of/);

    const shown = await page.locator("#parts").innerText();
    expect(shown).toMatch(/Summary, for agents only\s+\S+\s+session_id: .*\s+timestamp: .*\s+The user visited/);
    expect(await widthOf(acme)).toBe(1_024);
    const motion = () => page.evaluate("getComputedStyle(document.querySelector('#parts > li')).animationName");
    expect(await motion()).toBe("none");
    await page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await motion()).toBe("appear");
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await faintTexts(page)).toEqual([]);
      await acme.picture(`page-summary-${colorScheme}`);
    }
  });

  it.concurrent("leads the keyboard from pane to pane, and shows where the focus is", async () => {
    await using acme = await open();
    const { page } = acme;
    const stops: Focused[] = [];
    for (let pressed = 0; pressed < 15; pressed += 1) stops.push(await tab(page));

    expect(stops.map(({ name }) => name)).toEqual([
      ...["Acme", "Messenger", "Inbox"],
      ...["Projects", "Reports", "Billing", "Settings"],
      ...["Harbour & Sons", "Northwind move", "Winter campaign"],
      ...["Conversation", "I can't export a report", "Message", "Send"],
      "Conversation with Robin, with notes",
    ]);
    expect(stops.filter(({ isOutlined }) => !isOutlined)).toEqual([]);
    for (const name of ["Guide", "Acme", "Messenger", "Inbox"]) {
      expect(await page.getByRole("region", { name, exact: true }).count(), name).toBe(1);
    }
    for (const landmark of ["banner", "main", "log"] as const) {
      expect(await page.getByRole(landmark).count(), landmark).toBe(1);
    }
  });

  it.concurrent("says that it is not known any more, and begins anew", async () => {
    await using acme = await open();
    const { page } = acme;
    await page.route(/\/page\/live/, (route) => route.fulfill({ status: 400 }));
    await page.reload();
    const trouble = page.getByRole("alert");
    await trouble.getByText("npm start was begun anew").waitFor();
    await page.unroute(/\/page\/live/);

    await trouble.getByRole("button", { name: "Load this page again" }).click();

    await page.getByText("Connected. Throughline is watching").waitFor();
    expect(await trouble.isVisible()).toBe(false);
  });
});

describe.concurrent("help that nobody has asked for", () => {
  it("comes to a user who hesitates, with an answer, and the tour that they ask for, in the product", async () => {
    await using acme = await open({ width: 1_024, height: 768 });
    const { page } = acme;
    await acme.writes("Which plan do I have?");
    await hesitates(acme);
    await acme.picture("page-chips");

    await page.getByRole("button", { name: exportChip }).click();
    await page.getByRole("button", { name: "Yes" }).click();
    const tour = page.getByRole("dialog", { name: "Tour “export-rights”" });
    await tour.waitFor();
    const pointed = page.locator(".pointed");
    expect(await pointed.innerText()).toBe("Export CSV");
    const { y, height } = await boxOf(pointed);
    expect(y + height).toBeLessThan((await boxOf(tour)).y);
    await acme.picture("page-tour");

    const told = page.waitForRequest((request) => request.postData()?.includes('"completed"') ?? false);
    await tour.getByRole("button", { name: "Next" }).click();
    expect(await pointed.getAttribute("id")).toBe("role");
    await tour.getByRole("button", { name: "Next" }).click();
    await tour.getByRole("button", { name: "Done" }).click();
    expect((await (await told).response())?.status()).toBe(202);
    expect(await tour.isVisible()).toBe(false);
    expect(await page.locator("#steps .done").count()).toBe(4);
    expect(acme.problems).toEqual([]);
  });

  it("is found and taken with the keyboard alone", async () => {
    await using acme = await open();
    const { page } = acme;
    const { keyboard } = page;
    await press(page, "Messenger");
    await press(page, "I can't export a report");
    await acme.untilInbox(/Opened the home page/);
    await page
      .getByRole("status")
      .getByText(/^Inbox: a note of \d actions?/)
      .waitFor();
    expect(await focused(page)).toMatchObject({ name: "Message" });
    await keyboard.type("Where are my plans?");
    await keyboard.press("Enter");
    await page.getByRole("log").getByText("Where are my plans?").waitFor();

    await hesitates({
      page,
      async opens(...names) {
        for (const name of names) {
          await press(page, name);
          await page.getByRole("heading", { level: 3, name }).waitFor();
        }
      },
    });
    await press(page, exportChip, "Space");
    await page.getByRole("button", { name: "Yes" }).waitFor();
    await press(page, "Yes", "Space");

    const tour = page.getByRole("dialog");
    await tour.waitFor();
    expect(await focused(page)).toEqual({ name: "Next", isOutlined: true });
    await keyboard.press("Enter");
    await tour.getByText("Step 2 of 3").waitFor();
    await acme.picture("page-keyboard");
    await keyboard.press("Escape");
    expect(await tour.isVisible()).toBe(false);
  });

  it("fits a phone: nothing is wider than 360 pixels, and news out of sight are counted", async () => {
    await using acme = await open({ width: 360, height: 740 });
    const { page, opens } = acme;
    const widths: number[] = [];
    for (const name of ["Projects", "Settings", "Billing"]) {
      await opens(name);
      widths.push(await widthOf(acme));
    }
    await page.getByRole("button", { name: "Compare plans" }).click();
    widths.push(await widthOf(acme));
    await opens("Reports");
    await page.getByRole("link", { name: "Time by project" }).click();
    widths.push(await widthOf(acme));
    await acme.writes(`What is this: ${"x".repeat(80)}?`);
    await hesitates(acme);
    widths.push(await widthOf(acme));

    expect(widths).toEqual(widths.map(() => 360));
    await page.getByRole("link", { name: /^Inbox \d+ new$/ }).waitFor();
    await acme.picture("page-phone");
    await page.getByRole("link", { name: "Messenger" }).click();
    await acme.picture("page-phone-messenger");
    await page.getByRole("link", { name: "Inbox" }).click();
    await page.getByRole("link", { name: "Inbox", exact: true }).waitFor();
    await acme.picture("page-phone-inbox");
  });
});

describe("npm start", () => {
  it("tells its story beside the page, and counts nothing that is done in it", async () => {
    await program.line(/^Serving /);

    const { lines } = program;
    const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
    expect(at(/^Open http/)).toBeLessThan(at(/batch 1 of 12/));
    expect(lines).toEqual(
      expect.arrayContaining([
        "  actions in        46, in 14 batches",
        expect.stringMatching(/^ {2}actions in notes {2}46;/),
        // Whether a fast story's user taps in time, is up to the machine.
        expect.stringMatching(/^ {2}help offered {6}2 times: /),
        "  lost              0",
        "  doubled           0",
        "  in order          yes",
        "  without context   at no moment",
        expect.stringMatching(/^Every action stands in a note/),
      ]),
    );
    expect(lines.filter((line) => /posthog|Robin|the home page|a Reports page|Settings form/.test(line))).toEqual([]);
  });

  it("ends with Ctrl-C while the page is open, which says so", async () => {
    await using acme = await open();
    await acme.page.getByText("Connected. Throughline is watching").waitFor();

    program.interrupt();

    expect(await program.exit).toBe(0);
    await acme.page.getByRole("alert").getByText("The local cloud does not answer").waitFor();
    await acme.picture("page-trouble");
    expect([program.isAlive(), await readdir(temporary)]).toEqual([false, []]);
  });
});
