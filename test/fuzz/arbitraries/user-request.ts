import fc from "fast-check";
import type { HttpEvent } from "../../../lambdas/handlers/http-edge.ts";
import { httpEvent } from "../../support/http-event.ts";
import { canary } from "../canaries.ts";
import { headerFields } from "../event.ts";
import { noise } from "./request.ts";
import { hostileId, hostileText, markedText, productIdText } from "./text.ts";

/** Edges that are asked of one user, in a path, without a body. */
export type UserEdgeName = "context" | "reply" | "reset";

const routes = {
  context: { method: "GET", route: "/context/{product_id}/{user_id}" },
  reply: { method: "GET", route: "/reply/{product_id}/{user_id}" },
  reset: { method: "POST", route: "/admin/reset/{product_id}/{user_id}" },
} as const satisfies Record<UserEdgeName, object>;

/** A request as its function is handed it, with what it comes to. */
export type UserEvent = {
  readonly event: HttpEvent;
  readonly productId: string | undefined;
  /** After the second decoding; undefined where there is none. */
  readonly userId: string | undefined;
  /** The key that it holds, if it is one alone. */
  readonly key: string | undefined;
};

/** A user id that can stand in a path: what comes there was UTF-8. */
export const pathId: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: hostileId.map((id) => id.toWellFormed()) },
  { weight: 1, arbitrary: fc.constant(canary.email) },
);

/** A path's parameter that names this user, as API Gateway hands it over when it was encoded as it should be. */
export const inPath = (userId: string): string => (userId.includes("%") ? encodeURIComponent(userId) : userId);

/** What an honest chatbot asks. */
export function userEvent(edge: UserEdgeName, userId: string, key: string = canary.operatorKey): HttpEvent {
  const headers = { authorization: `Bearer ${key}` };
  return httpEvent({ ...routes[edge], userId: inPath(userId), query: { query: "Why?" }, headers });
}

const query = fc.oneof(
  { weight: 6, arbitrary: markedText.map((text) => ({ query: text })) },
  { weight: 1, arbitrary: fc.constantFrom(2_000, 2_001).map((length) => ({ query: "😀".repeat(length) })) },
  { weight: 1, arbitrary: fc.constant({ query: "" }) },
  { weight: 1, arbitrary: fc.constantFrom({ Query: canary.text }, { user_id: canary.text, query: "x,y" }, undefined) },
);

type Proof = "right" | "another product's" | "wrong" | "twice" | "missing";

const proof = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Proof>("right") },
  { weight: 3, arbitrary: fc.constantFrom<Proof>("another product's", "wrong", "twice", "missing") },
);

const bearer = (key: string) => ["Authorization", `Bearer ${key}`] as const;

function proven(how: Proof): { readonly headers: readonly (readonly [string, string])[]; readonly key?: string } {
  const key = canary.operatorKey;
  const other = canary.otherOperatorKey;
  switch (how) {
    case "right":
      return { headers: [bearer(key)], key };
    case "another product's":
      return { headers: [bearer(other)], key: other };
    case "wrong":
      return { headers: [bearer(`${key}?`)] };
    case "twice":
      return { headers: [bearer(key), bearer(other)] };
    case "missing":
      return { headers: [] };
    default:
      return how satisfies never;
  }
}

/** Any request to an edge that is asked of a user, mostly of this one. */
export function hostileUserEvent(edge: UserEdgeName, userId: string): fc.Arbitrary<UserEvent> {
  return fc
    .record({
      productId: fc.oneof(
        { weight: 8, arbitrary: fc.constant("acme") },
        { weight: 2, arbitrary: fc.constant("acme-2") },
        { weight: 1, arbitrary: fc.option(productIdText, { nil: undefined }) },
      ),
      parameter: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(inPath(userId), encodeURIComponent(userId)) },
        { weight: 2, arbitrary: fc.oneof(pathId, hostileText(), fc.constantFrom("%", "%ff", "%ed%a0%80", "%2525")) },
        { weight: 1, arbitrary: fc.constant(undefined) },
      ),
      asked: query,
      method: fc.oneof(
        { weight: 8, arbitrary: fc.constant(routes[edge].method) },
        { weight: 1, arbitrary: fc.constantFrom("HEAD", "OPTIONS", "DELETE", "TRACE") },
      ),
      how: proof,
      more: noise,
      body: fc.option(hostileText(), { nil: undefined, freq: 3 }),
      caseOfNames: fc.constantFrom("lower", "lower", "upper"),
    })
    .map(({ productId, parameter, asked, method, how, more, body, caseOfNames }) => {
      const { headers, key } = proven(how);
      // Noise that claims to be a proof makes two of one.
      const others = more.filter(([name]) => name !== "Authorization");
      const {
        requestContext,
        pathParameters: _,
        ...event
      } = httpEvent({ ...routes[edge], ...(asked && { query: asked }) });
      const pathParameters = {
        ...(productId === undefined ? {} : { product_id: productId }),
        ...(parameter === undefined ? {} : { user_id: parameter }),
      };
      return {
        event: {
          ...event,
          pathParameters,
          headers: headerFields([...headers, ...others], caseOfNames),
          requestContext: { ...requestContext, http: { ...requestContext.http, method } },
          ...(body === undefined ? {} : { body }),
        },
        productId,
        userId: decoded(parameter),
        key,
      };
    });
}

function decoded(parameter: string | undefined): string | undefined {
  try {
    return parameter && decodeURIComponent(parameter);
  } catch {
    return undefined;
  }
}
