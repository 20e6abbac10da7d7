import { describe, expect, it } from "vitest";
import { pushSchema, toPush } from "../../../lambdas/domain/product/push-settings.ts";

describe("where a product's pushes go", () => {
  it("is nowhere by default", () => {
    expect(toPush(pushSchema.parse({}))).toEqual({ url: null });
  });

  it.each([
    "https://hooks.example.com",
    "https://hooks.example.com:8443/in?tenant=7",
    "https://7.example.com/in",
    "https://xn--bcher-kva.example/in",
    "http://localhost:3000/in",
    "http://127.0.0.1:3000",
  ])("may be %s", (url) => {
    expect(toPush(pushSchema.parse({ url }))).toEqual({ url });
  });

  it.each([
    "http://hooks.example.com/in",
    "http://localhost.example.com/in",
    "https://user:secret@hooks.example.com/in",
    "https://hooks.example.com/in#part",
    "ftp://hooks.example.com/in",
    "hooks.example.com",
    "",
    // What leads into a network of its own: addresses by number in any notation, and names that no stranger's DNS knows.
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.7/in",
    "https://127.1/in",
    "https://2130706433/in",
    "https://0x7f.0.0.1/in",
    "https://[::1]/in",
    "https://[::ffff:169.254.169.254]/in",
    "https://localhost/in",
    "https://LOCALHOST./in",
    "https://hooks.localhost/in",
    "https://printer.local/in",
    "https://ip-10-0-0-7.ec2.internal/in",
    "https://hooks/in",
  ])("may not be %j", (url) => {
    expect(pushSchema.safeParse({ url }).success).toBe(false);
  });
});
