import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import type { StartOptions, Throughline } from "../../../browser/throughline.d.ts";
import { buildSnippet } from "../../../scripts/snippet.ts";
import type { Network } from "./network.ts";

/** Debian's; another one by its path in `CHROMIUM`. */
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** What it would ask the world for by itself, and what keeps the pages of tests from servers of this machine. */
const quietly = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-features=LocalNetworkAccessChecks",
];

/** Where pictures are kept: a folder that git ignores. */
export const screenshots = fileURLToPath(new URL("../../../.throughline/screenshots/", import.meta.url));

/** Gives a test file a Chromium of its own. @throws Error before its tests, when there is none on this machine. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!existsSync(executablePath)) {
      throw new Error(`No Chromium at ${executablePath}: apt-get install chromium, or name yours in CHROMIUM`);
    }
    browser = await chromium.launch({ executablePath, args: quietly });
  });
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error("Chromium is launched before the first test, not before");
    return browser;
  };
}

/** A small product's page: it shows what its user is offered, and its tours. */
const page = (integrity: string) => `<!doctype html>
<html lang="en">
<title>Reports</title>
<link rel="icon" href="data:,">
<style>body { font: 16px sans-serif; margin: 2rem } .tour { border: 2px solid #336; padding: 1rem }</style>
<h1>Reports</h1>
<ul id="offers" aria-label="Offers"></ul>
<div id="tours"></div>
<script src="/throughline.js" integrity="${integrity}" crossorigin="anonymous"></script>
<script>
  var troubles = [];
  if (self.throughline) {
    throughline.on("trouble", ({ at, why }) => troubles.push(at + ": " + why));
    throughline.on("offer", ({ body }) => {
      const line = document.createElement("li");
      line.textContent = body;
      document.querySelector("#offers").append(line);
    });
  }
  function showTour(flow) {
    const box = document.createElement("section");
    box.className = "tour";
    box.textContent = "Tour " + flow;
    document.querySelector("#tours").append(box);
  }
</script>`;

/** What the page's own scripts see. */
type StartedPage = {
  readonly throughline?: Throughline;
  readonly showTour: (flow: string) => void;
  readonly troubles: readonly string[];
  addEventListener(name: string, listener: () => void): void;
};

export type ProductPage = AsyncDisposable & {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What went wrong where users' consoles show it, but for requests that fail: these the browser tells by itself. */
  readonly problems: readonly string[];
  /** Waits until the page is told of trouble of this kind. @returns all of it so far */
  trouble(at: string): Promise<readonly string[]>;
  /** Keeps a picture of the page. @param name of the file, without its end */
  picture(name: string): Promise<void>;
  /** Texts of the offers, and of the tours, that the page shows. */
  shown(): Promise<{ readonly offers: readonly string[]; readonly tours: readonly string[] }>;
};

const { script, integrity } = buildSnippet();

const failedRequest =
  /^(Failed to load resource|Access to fetch|Connecting to|Refused to connect|Fetch API cannot load)/;

type Opening = {
  readonly origin: string;
  /** Its `start` is given these, and what shows tours. */
  readonly options: StartOptions;
  /** Through which it speaks; directly unless given. */
  readonly network?: Network;
  /** Of the page. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Requests that something in the browser refuses. */
  readonly blocked?: RegExp;
};

/**
 * A page of the product in a browser profile of its own. What it asks of its own origin is answered here; nothing else is
 * touched.
 */
export async function openProductPage(
  browser: Browser,
  { origin, options, network, headers = {}, blocked }: Opening,
): Promise<ProductPage> {
  const context = await browser.newContext({
    viewport: { width: 640, height: 360 },
    ...(network && { proxy: { server: network.url } }),
  });
  const problems: string[] = [];
  await context.route(`${origin}/**`, (route) =>
    new URL(route.request().url()).pathname === "/throughline.js"
      ? route.fulfill({ contentType: "text/javascript", body: script })
      : route.fulfill({ contentType: "text/html", body: page(integrity), headers }),
  );
  if (blocked) await context.route(blocked, (route) => route.abort("blockedbyclient"));
  await context.addInitScript((given) => {
    const page = globalThis as unknown as StartedPage;
    page.addEventListener("DOMContentLoaded", () => {
      page.throughline?.start({ ...given, startTour: page.showTour });
    });
  }, options);
  const opened = await context.newPage();
  opened.on("pageerror", ({ message }) => problems.push(message));
  opened.on("console", (message) => {
    if (message.type() === "error" && !failedRequest.test(message.text())) problems.push(message.text());
  });
  await opened.goto(`${origin}/reports`);
  return {
    page: opened,
    context,
    problems,
    async trouble(at) {
      await opened.waitForFunction(
        (kind) => (globalThis as unknown as StartedPage).troubles.some((trouble) => trouble.startsWith(kind)),
        at,
      );
      return opened.evaluate(() => (globalThis as unknown as StartedPage).troubles);
    },
    picture: async (name) => void (await opened.screenshot({ path: `${screenshots}${name}.png` })),
    shown: async () => ({
      offers: await opened.locator("#offers li").allTextContents(),
      tours: await opened.locator(".tour").allTextContents(),
    }),
    [Symbol.asyncDispose]: () => context.close(),
  };
}
