import type { Browser, Page, Response } from "playwright-core";
import { screenshots } from "./chromium.ts";

/** The page that `npm start` opens with, in a browser profile of its own. */
export type AcmePage = AsyncDisposable & {
  readonly page: Page;
  /** What went wrong where users' consoles show it. */
  readonly problems: readonly string[];
  /** Hosts that were asked for anything. */
  readonly hosts: ReadonlySet<string>;
  /** The user opens these pages by the product's menu. */
  opens(...names: readonly string[]): Promise<void>;
  /**
   * The user does something, and Throughline takes the event that says so before they go on: on a busy machine, a second
   * request may be taken before the first.
   */
  tells(text: string, act: () => Promise<void>): Promise<void>;
  /** The user writes in the Messenger, and what they did before stands in a note. */
  writes(text: string): Promise<void>;
  /** The texts of the notes in the inbox. */
  notes(): Promise<readonly string[]>;
  /** Waits until something stands in the inbox. */
  untilInbox(text: string | RegExp): Promise<void>;
  /** Keeps a picture of the page. @param name of the file, without its end */
  picture(name: string): Promise<void>;
};

/** Of PostHog's library, which takes browsers that are driven for robots, and tells nothing of what these do. */
async function userAgentOf(browser: Browser): Promise<string> {
  const page = await browser.newPage();
  const userAgent = await page.evaluate<string>("navigator.userAgent");
  await page.close();
  return userAgent.replace("Headless", "");
}

const isOfEvents = (response: Response): boolean => /\/e\/(\?|$)/.test(response.url());

const postOf = (response: Response): string => response.request().postData() ?? "";

/** It listens, and what it says of its first page is taken. @param width of the window, pixels */
export async function openAcmePage(
  browser: Browser,
  url: string,
  { width = 1_280, height = 800 } = {},
): Promise<AcmePage> {
  const context = await browser.newContext({
    viewport: { width, height },
    userAgent: await userAgentOf(browser),
    // Pictures of things that appear show them half.
    reducedMotion: "reduce",
  });
  await context.addInitScript("Object.defineProperty(navigator, 'webdriver', { get: () => false })");
  const page = await context.newPage();
  const problems: string[] = [];
  const hosts = new Set<string>();
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => hosts.add(new URL(request.url()).hostname));
  const ready = Promise.all([page.waitForResponse(/\/stream\//), page.waitForResponse(isOfEvents)]);
  await page.goto(url);
  await ready;
  const menu = page.getByRole("navigation", { name: "Acme" });
  const notes = page.locator("#parts .note");
  return {
    page,
    problems,
    hosts,
    async opens(...names) {
      for (const name of names) {
        await menu.getByRole("link", { name }).click();
        await page.getByRole("heading", { level: 3, name }).waitFor();
      }
    },
    async tells(text, act) {
      const taken = page.waitForResponse((response) => isOfEvents(response) && postOf(response).includes(text));
      await act();
      await taken;
    },
    async writes(text) {
      await page.getByLabel("Message").fill(text);
      await page.getByRole("button", { name: "Send" }).click();
      await notes.first().waitFor();
    },
    notes: () => notes.allInnerTexts(),
    untilInbox: (text) => page.locator("#parts").getByText(text).first().waitFor(),
    picture: async (name) => void (await page.screenshot({ path: `${screenshots}${name}.png` })),
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Of what is offered to who hesitates. */
export const exportChip = "How do I export a report?";

/** The user goes to and fro until they are offered help: whoever was just answered is left alone for a moment. */
export async function hesitates({ page, opens }: Pick<AcmePage, "page" | "opens">): Promise<void> {
  const chip = page.getByRole("button", { name: exportChip });
  const isOffered = () =>
    chip.waitFor({ timeout: 2_000 }).then(
      () => true,
      () => false,
    );
  for (let times = 0; times < 20; times += 1) {
    await opens("Billing", "Reports", "Billing");
    if (await isOffered()) return;
  }
  throw new Error("Nothing is offered to a user who hesitates");
}
