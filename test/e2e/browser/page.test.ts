import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AcmePage, openAcmePage } from "../support/acme-page.ts";
import { useChromium } from "../support/chromium.ts";
import { type Program, programProcess } from "../support/program-process.ts";

const chromium = useChromium();

let temporary: string;
let program: Program;
let url: string;
/** What it answered while the story was told. */
let early: Response;

const address = /http:\/\/localhost:\d+\//;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), "throughline-page-"));
  program = programProcess("local/main.ts", ["--port", "0", "--speed", "100"], temporary);
  url = address.exec(await program.line(/ opens when this story is over/))?.[0] ?? "";
  early = await fetch(url);
  await program.line(/^Open http/);
});

afterAll(async () => {
  program.interrupt();
  await program.exit;
  await rm(temporary, { recursive: true, force: true });
});

const open = (size?: Parameters<typeof openAcmePage>[2]) => openAcmePage(chromium(), url, size);

/** The user goes to and fro, and is offered help. */
async function hesitates({ page, opens, untilAnswered }: AcmePage): Promise<void> {
  await untilAnswered();
  await opens("Billing", "Reports", "Billing");
  await page.getByRole("button", { name: "How do I export a report?" }).waitFor();
}

/** What stands in notes, without their heads. */
const linesOf = (notes: readonly string[]) =>
  notes.flatMap((note) => [...note.matchAll(/^\[\d+\] (.*)$/gm)].map(([, line = ""]) => line));

describe("the page that npm start opens with", () => {
  it("waits until the story is over, which it would disturb", async () => {
    expect([early.status, await early.text()]).toEqual([503, expect.stringContaining("opens by itself")]);
    expect((await fetch(url)).status).toBe(200);
    expect(program.lines).toContainEqual(expect.stringMatching(/^ {2}doubled {11}0$/));
  });

  it("makes a note of what its user clicks, by the real posthog-js, and goes on as the user does", async () => {
    await using acme = await open();
    const { page, opens, writes, untilInbox } = acme;
    await opens("Reports");
    await page.getByRole("link", { name: "Time by project" }).click();
    await page.getByRole("button", { name: "Export CSV" }).click();

    await writes("I can't export a report");
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
    await acme.picture("page-note");
    expect(acme.problems).toEqual([]);
    expect([...acme.hosts].sort()).toEqual(["127.0.0.1", "localhost"]);
  });

  it("offers help to a user who hesitates, answers, and starts the tour that they ask for", async () => {
    await using acme = await open();
    const { page } = acme;
    await acme.writes("Which plan do I have?");
    await hesitates(acme);
    await acme.picture("page-chips");

    await page.getByRole("button", { name: "How do I export a report?" }).click();
    await page.getByRole("button", { name: "Yes" }).click();
    const tour = page.getByRole("dialog", { name: "Tour “export-rights”" });
    await tour.waitFor();
    await acme.picture("page-tour");

    const told = page.waitForRequest((request) => request.postData()?.includes('"completed"') ?? false);
    await tour.getByRole("button", { name: "Next" }).click();
    await tour.getByRole("button", { name: "Next" }).click();
    await tour.getByRole("button", { name: "Done" }).click();
    expect((await (await told).response())?.status()).toBe(202);
    expect(await tour.isVisible()).toBe(false);
    expect(await page.locator("#steps .done").count()).toBe(4);
    expect(acme.problems).toEqual([]);
  });

  it("tells that fields were filled in, and never with what", async () => {
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

    const notes = (await acme.notes()).join("\n");
    expect(notes).toContain("Filled in the password field on the Settings page");
    const typed = /Vale Secret|correct horse|battery/;
    expect(notes).not.toMatch(typed);
    expect(sent.filter((body) => typed.test(body))).toEqual([]);
  });

  it("shows that a summary has taken the place of the notes", async () => {
    await using acme = await open();
    const { page, opens } = acme;
    await acme.writes("I am looking around");
    for (const _ of Array(4)) await opens("Projects", "Reports", "Settings", "Billing", "Settings");
    await acme.untilInbox(/taken away: a summary tells of/);

    const shown = await page.locator("#parts").innerText();
    expect(shown).toMatch(/Summary\s+session_id: .*\s+timestamp: .*\s+The user visited/);
    await acme.picture("page-summary");
  });

  it("is usable with the keyboard alone", async () => {
    await using acme = await open();
    const { page } = acme;
    const { keyboard } = page;
    /** Goes on until something of this text, or label, has the focus. */
    const tabTo = async (wanted: string) => {
      for (let pressed = 0; pressed < 40; pressed += 1) {
        await keyboard.press("Tab");
        const name = await page.evaluate<string>(
          "document.activeElement.labels?.[0]?.textContent || document.activeElement.textContent.trim()",
        );
        if (name === wanted) return;
      }
      throw new Error(`Nothing called ${wanted} gets the focus`);
    };
    const enter = async (wanted: string) => {
      await tabTo(wanted);
      await keyboard.press("Enter");
    };

    await enter("Messenger");
    await tabTo("Message");
    await keyboard.type("Where are my plans?");
    await keyboard.press("Enter");
    await acme.untilInbox(/Opened the home page/);
    await acme.untilAnswered();
    for (const name of ["Reports", "Billing", "Reports"]) {
      await enter(name);
      await page.getByRole("heading", { level: 3, name }).waitFor();
    }
    await page.getByRole("button", { name: "How do I export a report?" }).waitFor();
    await enter("How do I export a report?");
    await page.getByRole("button", { name: "Yes" }).waitFor();
    await enter("Yes");

    await page.getByRole("dialog").waitFor();
    await enter("Next");
    expect(await page.getByRole("dialog").innerText()).toContain("Step 2 of 3");
    await acme.picture("page-keyboard");
    await keyboard.press("Escape");
    expect(await page.getByRole("dialog").isVisible()).toBe(false);
  });

  it("fits a phone: nothing is wider than 360 pixels", async () => {
    await using acme = await open({ width: 360, height: 740 });
    const { page, opens } = acme;
    const width = () => page.evaluate<number>("document.documentElement.scrollWidth");
    const widths: number[] = [];
    for (const name of ["Projects", "Settings", "Billing"]) {
      await opens(name);
      widths.push(await width());
    }
    await page.getByRole("button", { name: "Compare plans" }).click();
    widths.push(await width());
    await opens("Reports");
    await page.getByRole("link", { name: "Time by project" }).click();
    widths.push(await width());
    await acme.writes(`What is this: ${"x".repeat(80)}?`);
    await hesitates(acme);
    widths.push(await width());

    expect(widths).toEqual(widths.map(() => 360));
    await page.getByRole("link", { name: "Messenger" }).click();
    await acme.picture("page-phone-messenger");
    await page.getByRole("link", { name: "Inbox" }).click();
    await acme.picture("page-phone-inbox");
  });
});
