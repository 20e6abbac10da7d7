import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootStack, type LocalCloud } from "../../local/boot.ts";
import { fixtureStack, functionResource, httpApiResources } from "./fixture-stack.ts";

let cloud: LocalCloud;

beforeAll(async () => {
  const routes = ["POST /actions/{product_id}", "GET /actions/known", "ANY /files/{path+}", "GET /{page}"];
  cloud = await bootStack(
    fixtureStack({ Echo: functionResource("echo", { timeoutS: 5 }), ...httpApiResources("Echo", routes) }),
  );
});

afterAll(() => cloud.close());

type Echoed = { event: Record<string, unknown>; remainingMs: number };

async function echoed(path: string, init: RequestInit = {}): Promise<Echoed["event"]> {
  const response = await fetch(cloud.url + path, init);
  expect(response.status).toBe(200);
  return ((await response.json()) as Echoed).event;
}

describe("the event of a request", () => {
  it("has the route, the decoded path, its parameters and the query as it was sent", async () => {
    const event = await echoed("/actions/a%20b?x=1&y=%20&x=2", { method: "POST" });

    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "POST /actions/{product_id}",
      rawPath: "/actions/a b",
      rawQueryString: "x=1&y=%20&x=2",
      queryStringParameters: { x: "1,2", y: " " },
      pathParameters: { product_id: "a b" },
      requestContext: { http: { method: "POST", path: "/actions/a b" }, stage: "$default" },
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty("body");
  });

  it("has header names in lower case, repeated values joined, and cookies apart", async () => {
    const headers = new Headers({ "X-Hub-Signature": "sha1=ab", Cookie: "a=1; b=2" });
    headers.append("Accept", "text/html");
    headers.append("Accept", "text/plain");

    const event = await echoed("/page", { headers });

    expect(event.headers).toMatchObject({ "x-hub-signature": "sha1=ab", accept: "text/html, text/plain" });
    expect(event.headers).not.toHaveProperty("cookie");
    expect(event.cookies).toEqual(["a=1", "b=2"]);
  });

  it.each([
    ["application/json; charset=utf-8", false],
    ["text/plain", false],
    ["application/octet-stream", true],
    ["application/x-www-form-urlencoded", true],
  ])("carries a body of type %s in base64: %s", async (type, isBase64Encoded) => {
    const body = '{"name":"é"}';

    const event = await echoed("/actions/p", { method: "POST", body, headers: { "content-type": type } });

    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(event.body).toBe(isBase64Encoded ? Buffer.from(body).toString("base64") : body);
  });

  it("is of the most specific route", async () => {
    expect((await echoed("/actions/known")).routeKey).toBe("GET /actions/known");
    expect((await echoed("/files/a/b", { method: "PUT" })).pathParameters).toEqual({ path: "a/b" });
  });
});

describe("the response of a function", () => {
  it("keeps status, headers, cookies and binary body", async () => {
    const response = await fetch(`${cloud.url}/binary`);

    expect(response.status).toBe(201);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("x-count")).toBe("3");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 1]);
  });

  it("is a 200 with JSON when it has no status code", async () => {
    const response = await fetch(`${cloud.url}/plain`);

    expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
      200,
      "application/json",
      '{"plain":true}',
    ]);
  });

  it.each(["/throw", "/crash", "/rejection", "/bad-status"])("is 500 after %s", async (path) => {
    const response = await fetch(cloud.url + path);

    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it("is 404 for an unknown route and an unknown method", async () => {
    const unknown = await fetch(`${cloud.url}/actions/p/more`);
    const method = await fetch(`${cloud.url}/page`, { method: "DELETE" });

    expect([unknown.status, await unknown.text()]).toEqual([404, '{"message":"Not Found"}']);
    expect(method.status).toBe(404);
  });

  it("is 413 for a body of more than 10 MB", async () => {
    const post = (size: number) =>
      fetch(`${cloud.url}/binary`.replace("binary", "files/x"), { method: "POST", body: "x".repeat(size) });

    expect((await post(10 * 1024 * 1024 + 1)).status).toBe(413);
    expect((await post(1024)).status).toBe(200);
  });
});

describe("what is served beside the stack", () => {
  it("is asked only for what the API has no route for, and may not know it either", async () => {
    cloud.serveBeside(async ({ method, target }) =>
      target === "/a/page" || method === "PUT" ? { status: 200, body: `${method} ${target}` } : undefined,
    );

    expect(await (await fetch(`${cloud.url}/a/page`)).text()).toBe("GET /a/page");
    expect((await fetch(`${cloud.url}/another/page`)).status).toBe(404);
    expect((await echoed("/files/a", { method: "PUT" })).routeKey).toBe("ANY /files/{path+}");
  });
});
