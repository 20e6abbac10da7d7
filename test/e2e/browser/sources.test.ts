import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { useChromium } from "../support/chromium.ts";
import { useSystem } from "../support/system.ts";
import { newVisitor, type Visitor } from "../support/visitor.ts";

const origin = "https://app.example.com";
const projectKey = "acme.5f0c2a7be91d";
const library = readFileSync(
  fileURLToPath(import.meta.resolve("posthog-js").replace(/dist\/.*$/, "dist/array.no-external.js")),
);

const system = useSystem({ acme: { allowed_origins: [origin], sources: { project_key: projectKey } } });
const chromium = useChromium();

const html = `<!doctype html>
<html lang="en"><title>Jane Doe, jane@example.com</title><link rel="icon" href="data:,">
<script src="/posthog.js"></script>
<button id="csv">Export CSV</button> <a href="/billing">Billing</a>
<form><label>About <textarea name="about"></textarea></label></form>
<div contenteditable="true" aria-label="Message"><p id="letter">Dear Ms Doe</p></div></html>`;

type Spoken = { readonly page: Page; readonly refused: readonly string[]; readonly problems: readonly string[] };

/** The visitor's page, on another origin than that to which its library speaks, as a customer's is. */
async function visiting(visitor: Visitor, options: object): Promise<Spoken & AsyncDisposable> {
  // The library takes browsers that are driven for robots, and tells nothing of what these do.
  const context = await chromium().newContext({ userAgent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0" });
  await context.addInitScript("Object.defineProperty(navigator, 'webdriver', { get: () => false })");
  await context.route(`${origin}/**`, (route) =>
    new URL(route.request().url()).pathname === "/posthog.js"
      ? route.fulfill({ contentType: "text/javascript", body: library })
      : route.fulfill({ contentType: "text/html", body: html }),
  );
  const given = {
    api_host: system().cloud.url,
    bootstrap: { distinctID: visitor.userId, isIdentifiedID: true },
    ...options,
  };
  await context.addInitScript(
    `addEventListener("DOMContentLoaded", () => posthog.init("${projectKey}", ${JSON.stringify(given)}))`,
  );
  const page = await context.newPage();
  const problems: string[] = [];
  const refused: string[] = [];
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("response", (response) => response.status() >= 400 && refused.push(`${response.status()} ${response.url()}`));
  const viewed = page.waitForResponse(/\/e\//);
  await page.goto(`${origin}/reports`);
  // By then the library listens to its page.
  await viewed;
  return { page, refused, problems, [Symbol.asyncDispose]: () => context.close() };
}

/** Longer than the library waits before it sends something again. */
const DEADLINE_MS = 60_000;

/** Waits until a line stands in a note. @throws Error with those that do, when it is not in time */
async function untilLine(visitor: Visitor, conversation: string, line: string): Promise<readonly string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>();
  const check = () => {
    const lines = visitor.lines(conversation);
    if (lines.includes(line)) resolve(lines);
  };
  const stop = system().product("acme").intercom.onPart(check);
  const late = () => reject(new Error(`Waited for "${line}", and saw ${JSON.stringify(visitor.lines(conversation))}`));
  const timer = setTimeout(late, DEADLINE_MS);
  check();
  return promise.finally(() => {
    stop();
    clearTimeout(timer);
  });
}

const exported = "Clicked the Export CSV button on the Reports page";

describe("PostHog's library in a page of another origin", () => {
  it("is answered all that it asks, and what its user does becomes notes", async () => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    await using visit = await visiting(visitor, { disable_compression: true });
    await visit.page.locator("#csv").click();
    await visit.page.locator("textarea").fill("my password is hunter2");
    await visit.page.locator("#letter").click();
    const filledIn = "Filled in the about field on the Reports page";
    expect(await untilLine(visitor, conversation, filledIn)).toEqual(["Opened the Reports page", exported, filledIn]);
    expect([visit.refused, visit.problems]).toEqual([[], []]);
  });

  it("is heard as its page is left", async () => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    await using visit = await visiting(visitor, {
      disable_compression: true,
      request_queue_config: { flush_interval_ms: 5_000 },
    });
    await visit.page.locator("#csv").click();
    await visit.page.goto("about:blank");
    await untilLine(visitor, conversation, exported);
  });

  it("that compresses is asked to send again, and does", async () => {
    const visitor = newVisitor(system());
    const conversation = await visitor.opensChat();
    await using visit = await visiting(visitor, {});
    await visit.page.locator("#csv").click();
    await untilLine(visitor, conversation, exported);
    expect(visit.refused).toEqual([]);
  });
});
