import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { signBatch } from "../../../local/sign.ts";
import { eventually, useCommandLine } from "../support/command-line.ts";
import { post } from "../support/deliver.ts";
import { useSystem } from "../support/system.ts";
import { newVisitor } from "../support/visitor.ts";
import { untilNotes } from "../support/waiting.ts";

const system = useSystem({ acme: {}, globex: {} });
const cli = useCommandLine(system);

type Added = {
  readonly outcome: string;
  readonly actions_url: string;
  readonly chat_webhook_url: string;
  readonly chat_webhook_topics: readonly string[];
  readonly new_secrets: Readonly<Record<string, string>>;
};

const credentials = (productId: string) => ({
  INTERCOM_ACCESS_TOKEN: `token-of-${productId}`,
  INTERCOM_CLIENT_SECRET: system().product(productId).clientSecret,
});

const address = (productId: string) => ["--base-url", system().product(productId).road.url];

describe("product add", () => {
  let added: Added;

  beforeAll(async () => {
    await cli().run(["product", "remove", "acme", "--yes"]);
    const args = ["product", "add", "acme", "--admin-id", "9001", ...address("acme"), "--json"];
    const { code, out, err, json } = await cli().run(args, { env: credentials("acme") });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).not.toContain("token-of-acme");
    expect(out).not.toContain(system().product("acme").clientSecret);
    added = json();
  });

  it("tells the two addresses, the topics, and the secrets that it made up", () => {
    expect(added).toMatchObject({
      outcome: "added",
      actions_url: `${system().cloud.url}/actions/acme`,
      chat_webhook_url: `${system().cloud.url}/chatbot-webhook/acme`,
      chat_webhook_topics: ["conversation.user.created", "conversation.user.replied"],
      new_secrets: {
        "ingest/secret": expect.stringMatching(/^.{43}$/),
        "operator/key": expect.stringMatching(/^.{43}$/),
        "push/secret": expect.stringMatching(/^.{43}$/),
        "stream/secret": expect.stringMatching(/^.{43}$/),
      },
    });
  });

  it("makes a product whose batches and webhooks end in a note", async () => {
    const visitor = newVisitor(system(), "acme");
    const push = () =>
      post(added.actions_url, signBatch(visitor.batch(["Opened Reports"]), added.new_secrets["ingest/secret"] ?? ""));
    await eventually(push, ({ status }) => status === 202);

    const conversation = visitor.opensChatUnheard();
    await eventually(
      () => visitor.notify(visitor.notification(conversation)),
      ({ status }) => status === 200,
    );

    await untilNotes(system(), visitor, conversation, 1);
    expect(visitor.lines(conversation)).toContain("Opened Reports");
  });

  it("done again keeps settings and made-up secrets, and shows none", async () => {
    const file = join(cli().directory, "secrets");
    await writeFile(
      file,
      Object.entries(credentials("acme"))
        .map(([name, value]) => `${name}=${value}\n`)
        .join(""),
    );
    const secret = (await cli().run(["product", "show", "acme", "--json"])).json<{ secrets: object }>();

    const again = await cli().run(["product", "add", "acme", "--admin-id", "9001", "--secrets-from", file, "--json"]);

    expect(again.code).toBe(0);
    expect(again.json<Added>()).toMatchObject({ outcome: "updated", new_secrets: {} });
    expect((await cli().run(["product", "show", "acme", "--json"])).json()).toMatchObject({
      secrets: secret.secrets,
      configuration: { intercom: { base_url: system().product("acme").road.url } },
    });
  });

  it.each([
    ["a token that Intercom refuses", { INTERCOM_ACCESS_TOKEN: "nobodys" }, "9001", "access_token"],
    ["an admin whom the workspace does not have", {}, "9002", "admin_id"],
    ["an admin id that is none", {}, "jane", "admin_id"],
  ])("says so and writes nothing, given %s", async (_, wrong, admin, path) => {
    const args = ["product", "add", "initech", "--admin-id", admin, ...address("acme"), "--json"];
    const { code, json } = await cli().run(args, { env: { ...credentials("acme"), ...wrong } });

    expect({ code, paths: json<{ problems: { path: string }[] }>().problems.map((problem) => problem.path) }).toEqual({
      code: 1,
      paths: [path],
    });
    expect((await cli().run(["product", "show", "initech"])).code).toBe(1);
  });

  it("is refused without a terminal when a secret is missing, which no argument may give", async () => {
    const { code, err } = await cli().run(["product", "add", "initech", "--admin-id", "9001"]);
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining("INTERCOM_ACCESS_TOKEN is missing") });
  });
});

describe("product check", () => {
  const check = () => cli().run(["product", "check", "globex", "--json"]);

  it("finds nothing wrong with a product that works", async () => {
    const { code, json } = await check();
    expect({ code, ...json<object>() }).toMatchObject({ code: 0, ok: true, problems: [] });
  });

  it("tells every problem with its path, and unknown keys with what may have been meant", async () => {
    const stage = "e2e";
    const sound = (await cli().run(["product", "show", "globex", "--json"])).json<{ configuration: object }>();
    const broken = { intercom: { admin_id: 9001 }, link: { policy: "last" }, bin_second: 3 };
    system().cloud.putParameter(`/throughline/${stage}/products/globex/config`, JSON.stringify(broken));

    const { code, json } = await check();

    expect(code).toBe(1);
    expect(json<{ problems: { path: string }[] }>().problems.map(({ path }) => path)).toEqual([
      "intercom.admin_id",
      "link.policy",
    ]);
    expect(json()).toMatchObject({
      warnings: [{ path: "bin_second", reason: expect.stringContaining("bin_seconds") }],
    });
    system().cloud.putParameter(`/throughline/${stage}/products/globex/config`, JSON.stringify(sound.configuration));
    expect((await check()).code).toBe(0);
  });

  it("finds a token that was revoked", async () => {
    const { intercom } = system().product("globex");
    intercom.setTokens([]);

    const { code, json } = await check();

    intercom.setTokens(["token-of-globex"]);
    expect({ code, ...json<object>() }).toMatchObject({ code: 1, problems: [{ path: "intercom/access-token" }] });
  });
});

describe("product set-config", () => {
  it("writes a right document and refuses a wrong one", async () => {
    const show = async () =>
      (await cli().run(["product", "show", "globex", "--json"])).json<{ configuration: Record<string, unknown> }>();
    const { configuration } = await show();
    const set = (document: object) =>
      cli().run(["product", "set-config", "globex", "-", "--json"], { input: JSON.stringify(document) });

    const right = await set({ ...configuration, bin_seconds: 7 });
    const wrong = await set({ ...configuration, bin_seconds: "8" });

    expect([right.code, wrong.code]).toEqual([0, 1]);
    expect(wrong.json()).toMatchObject({ written: false, problems: [{ path: "bin_seconds" }] });
    expect((await show()).configuration.bin_seconds).toBe(7);
  });
});

describe("product rotate-secret", () => {
  it("lets both secrets sign until it is finished, then the new one alone", async () => {
    const visitor = newVisitor(system(), "globex");
    const old = system().product("globex").ingestSecret;
    const rotate = (...more: string[]) =>
      cli().run(["product", "rotate-secret", "globex", "ingest/secret", "--json", ...more]);
    const push = (secret: string) =>
      post(`${system().cloud.url}/actions/globex`, signBatch(visitor.batch(["Acted"]), secret));

    const { value } = (await rotate()).json<{ value: string }>();
    await eventually(
      () => push(value),
      ({ status }) => status === 202,
    );
    expect((await push(old)).status).toBe(202);
    expect((await rotate()).code).toBe(1);

    expect((await rotate("--finish")).code).toBe(0);
    await eventually(
      () => push(old),
      ({ status }) => status === 401,
    );
    expect((await push(value)).status).toBe(202);
  });

  it("does not take an access token that Intercom refuses", async () => {
    const args = ["product", "rotate-secret", "globex", "intercom/access-token"];
    const { code, out } = await cli().run(args, { env: { INTERCOM_ACCESS_TOKEN: "nobodys" } });
    expect({ code, out }).toMatchObject({ code: 1, out: expect.not.stringContaining("nobodys") });
  });
});

describe("POST /products", () => {
  const body = () => ({
    product_id: "initech",
    admin_id: "9001",
    base_url: system().product("globex").road.url,
    access_token: "token-of-globex",
    client_secret: "c",
  });
  const call = (key: string | undefined, content: object) =>
    post(`${system().cloud.url}/products`, {
      body: JSON.stringify(content),
      headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
    });

  it("adds a product for the holder of the operator key, and for nobody else", async () => {
    expect((await call(undefined, body())).status).toBe(401);
    expect((await call("guessed", body())).status).toBe(401);
    const { value: key } = (await cli().run(["operator-key", "--json"])).json<{ value: string }>();

    const { body: answer } = await eventually(
      () => call(key, body()),
      ({ status }) => status === 201,
    );

    expect(answer).toMatchObject({ product_id: "initech", actions_url: `${system().cloud.url}/actions/initech` });
    expect(JSON.stringify(answer)).not.toContain("token-of-globex");
    expect((await call(key, body())).status).toBe(200);
    const { status, body: refusal } = await call(key, { ...body(), admin_id: 9001, acess_token: "t" });
    expect({ status, refusal }).toMatchObject({
      status: 400,
      refusal: { problems: [{ path: "admin_id" }, { path: "acess_token" }] },
    });
    expect((await cli().run(["product", "check", "initech"])).code).toBe(0);
    expect((await cli().run(["operator-key", "--remove", "--yes"])).code).toBe(0);
    await eventually(
      () => call(key, body()),
      (refused) => refused.status === 401,
    );
  });
});

describe("product remove", () => {
  it("asks for --yes without a terminal, then leaves nothing of the product", async () => {
    expect((await cli().run(["product", "remove", "globex"])).code).toBe(2);

    const { code, json } = await cli().run(["product", "remove", "globex", "--yes", "--json"]);

    expect({ code, ...json<object>() }).toMatchObject({ code: 0, product_id: "globex" });
    expect((await cli().run(["product", "show", "globex"])).code).toBe(1);
    const { products } = (await cli().run(["product", "list", "--json"])).json<{
      products: { product_id: string }[];
    }>();
    expect(products.map(({ product_id }) => product_id)).not.toContain("globex");
  });
});
