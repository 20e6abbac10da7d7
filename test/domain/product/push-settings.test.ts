import { describe, expect, it } from "vitest";
import { pushSchema, toPush } from "../../../lambdas/domain/product/push-settings.ts";

describe("where a product's pushes go", () => {
  it("is nowhere by default", () => {
    expect(toPush(pushSchema.parse({}))).toEqual({ url: null });
  });

  it.each([
    "https://hooks.example.com",
    "https://hooks.example.com:8443/in?tenant=7",
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
  ])("may not be %j", (url) => {
    expect(pushSchema.safeParse({ url }).success).toBe(false);
  });
});
