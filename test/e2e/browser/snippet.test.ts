import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { openProductPage, type ProductPage, useChromium } from "../support/chromium.ts";
import { type Network, startNetwork } from "../support/network.ts";
import {
  greet,
  helpChip,
  hesitation,
  memoryOf,
  offering,
  untilRemembered,
  untilTold,
  visits,
} from "../support/offers.ts";
import { streamUrlOf } from "../support/page.ts";
import { useSystem } from "../support/system.ts";
import { newVisitor, type Visitor } from "../support/visitor.ts";

const origin = "https://app.example.com";

/** Longer than any of these tests. */
const LONG_S = 600;

const system = useSystem({ acme: offering({ waitS: LONG_S, more: { allowed_origins: [origin] } }) });
const chromium = useChromium();

const firstOffer = "Need my expert help?";
const tourOffer = "Would you like me to show you?";

beforeAll(() => {
  const { intercom, clientSecret } = system().product("acme");
  intercom.subscribe({ url: `${system().cloud.url}/chatbot-webhook/acme`, clientSecret });
});

const optionsOf = ({ productId: product, sessionId: session, userId: user }: Visitor) => ({
  url: system().cloud.url,
  product,
  session,
  user,
});

/** A visitor with a page that listens, and to whom the product has written. */
async function visiting(network?: Network): Promise<{ visitor: Visitor; conversation: string; browser: ProductPage }> {
  const visitor = newVisitor(system());
  const options = optionsOf(visitor);
  const browser = await openProductPage(chromium(), { origin, options, ...(network && { network }) });
  await untilRemembered(system(), visitor, ({ stream }) => stream !== null);
  return { visitor, conversation: greet(system(), visitor), browser };
}

type Visiting = Awaited<ReturnType<typeof visiting>>;

/** The visitor does not know where to go, and is offered help. */
async function hesitates({ visitor, conversation }: Visiting): Promise<void> {
  await visits(visitor, conversation, hesitation);
  await untilTold(system(), visitor, ["offer.shown"]);
}

/** The visitor takes the help, and wants to be shown. */
async function asksForTour({ visitor, conversation }: Visiting): Promise<void> {
  const { intercom } = system().product("acme");
  intercom.tapOption(conversation, helpChip);
  await untilTold(system(), visitor, ["offer.shown"], 2);
  intercom.tapOption(conversation, "Yes");
  await untilTold(system(), visitor, ["tour.launched"]);
}

const tour = ({ browser }: Visiting) => browser.page.locator(".tour").first();
const offer = ({ browser }: Visiting) => browser.page.locator("#offers li").first();

/** Waits until each page has heard all that the session has told so far: what it does then, it does at once. */
async function untilHeardThrough({ visitor }: Visiting, pages: readonly Page[]): Promise<void> {
  const { stream } = await memoryOf(system(), visitor);
  for (const page of pages) {
    await page.waitForFunction((last) => {
      const kept = JSON.parse(sessionStorage.getItem("throughline:acme") ?? "{}");
      return Number(kept.last?.split("-")[1]) >= last;
    }, stream?.last ?? 0);
  }
}

describe("two users in two browsers", () => {
  it("see each their own offer, and the tour starts where it was asked for", async () => {
    const dana = await visiting();
    const omar = await visiting();
    await using danas = dana.browser;
    await using omars = omar.browser;

    await hesitates(dana);
    await asksForTour(dana);
    await tour(dana).waitFor();
    await hesitates(omar);
    await offer(omar).waitFor();

    expect(await danas.shown()).toEqual({ offers: [firstOffer, tourOffer], tours: ["Tour tour-export"] });
    expect(await omars.shown()).toEqual({ offers: [firstOffer], tours: [] });
    expect([...danas.problems, ...omars.problems]).toEqual([]);
    await danas.picture("snippet-tour");
    await omars.picture("snippet-offer");
    const { detail } = await untilTold(system(), dana.visitor, ["tour.progressed"]);
    expect(detail).toMatchObject({ progress: "started", flow_id: "tour-export" });
  });
});

describe("a network that is cut", () => {
  it("loses nothing and repeats nothing of what happened meanwhile", async () => {
    await using network = await startNetwork();
    const dana = await visiting(network);
    await using browser = dana.browser;
    await hesitates(dana);
    await offer(dana).waitFor();

    network.cut();
    await browser.trouble("stream");
    await asksForTour(dana);
    network.restore();

    await tour(dana).waitFor();
    expect(await browser.shown()).toEqual({ offers: [firstOffer, tourOffer], tours: ["Tour tour-export"] });
    expect(browser.problems).toEqual([]);
  });

  it("loses nothing before anything has happened", async () => {
    await using network = await startNetwork();
    const dana = await visiting(network);
    await using browser = dana.browser;
    await untilHeardThrough(dana, [browser.page]);

    network.cut();
    await browser.trouble("stream");
    await hesitates(dana);
    network.restore();

    await offer(dana).waitFor();
    expect(await browser.shown()).toEqual({ offers: [firstOffer], tours: [] });
  });
});

describe("a page that is left for the next", () => {
  it("is told there what happened on the way, and its tour does not start again", async () => {
    const dana = await visiting();
    await using browser = dana.browser;
    await hesitates(dana);
    await offer(dana).waitFor();
    await browser.page.goto("about:blank");
    await asksForTour(dana);

    await browser.page.goto(`${origin}/billing`);
    await tour(dana).waitFor();
    expect(await browser.shown()).toEqual({ offers: [tourOffer], tours: ["Tour tour-export"] });

    const asked = browser.page.waitForRequest(/\/stream\//);
    await browser.page.reload();
    const { stream } = await memoryOf(system(), dana.visitor);
    expect(new URL((await asked).url()).searchParams.get("last_event_id")).toMatch(
      new RegExp(`^\\d+-${stream?.last}$`),
    );
    expect(await browser.shown()).toEqual({ offers: [], tours: [] });
  });
});

describe("a page with a content security policy", () => {
  it("hears with the lines that the documentation names", async () => {
    const visitor = newVisitor(system());
    const { origin: streams } = new URL(await streamUrlOf(system(), visitor));
    const policy = `script-src 'self' 'unsafe-inline'; connect-src ${system().cloud.url} ${streams}`;
    const headers = { "content-security-policy": policy };
    await using browser = await openProductPage(chromium(), { origin, options: optionsOf(visitor), headers });
    await untilRemembered(system(), visitor, ({ stream }) => stream !== null);

    await hesitates({ visitor, conversation: greet(system(), visitor), browser });
    await browser.page.locator("#offers li").first().waitFor();
    expect(browser.problems).toEqual([]);
  });
});

describe("two pages of one session, side by side", () => {
  it("show the same offers, and the tour in one of them", async () => {
    const dana = await visiting();
    await using browser = dana.browser;
    const beside = await browser.context.newPage();
    const told = beside.waitForResponse(/\/stream\//);
    await beside.goto(`${origin}/billing`);
    await told;
    const pages = [browser.page, beside];

    await hesitates(dana);
    await asksForTour(dana);
    for (const page of pages) await page.locator("#offers li").nth(1).waitFor();
    await untilTold(system(), dana.visitor, ["tour.progressed"]);

    await untilHeardThrough(dana, pages);
    const tours = await Promise.all(pages.map((page) => page.locator(".tour").count()));
    expect(tours.toSorted()).toEqual([0, 1]);
  });
});

describe("a page that is kept from talking", () => {
  it.each<[string, Partial<Parameters<typeof openProductPage>[1]>]>([
    ["an ad blocker", { blocked: /^http:/ }],
    ["its own content security policy", { headers: { "content-security-policy": "connect-src 'self'" } }],
  ])("by %s works as before, and is told why it hears nothing", async (_, obstacle) => {
    const visitor = newVisitor(system());
    await using browser = await openProductPage(chromium(), { origin, options: optionsOf(visitor), ...obstacle });

    expect((await browser.trouble("stream"))[0]).toBe("stream: TypeError: Failed to fetch");
    expect(browser.problems).toEqual([]);
    expect(await browser.page.getByRole("heading").textContent()).toBe("Reports");
  });

  it("by an ad blocker that takes the snippet itself works as before", async () => {
    await using browser = await openProductPage(chromium(), {
      origin,
      options: optionsOf(newVisitor(system())),
      blocked: /throughline\.js$/,
    });
    expect(browser.problems).toEqual([]);
    expect(await browser.page.getByRole("heading").textContent()).toBe("Reports");
  });
});
