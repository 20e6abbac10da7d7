import type * as z from "zod";

/** An answer of a route. */
export type Answer = {
  /** When it is given. */
  readonly says: string;
  /** Undefined for an answer without a body. */
  readonly body?: z.ZodType;
  readonly example?: unknown;
  /** Of the body. Default: JSON. */
  readonly contentType?: string;
  /** Names of headers beside the content type, with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type Answers = Readonly<Record<number, Answer>>;

export type Parameter = {
  readonly in: "path" | "query";
  readonly name: string;
  readonly says: string;
  readonly schema: z.ZodType;
  readonly required: boolean;
  readonly example: string;
};

/** How a sender proves who they are: a name among the document's security schemes. */
export type Security =
  | "batchSignature"
  | "fullstoryToken"
  | "intercomSignature"
  | "posthogSecret"
  | "productKey"
  | "stageKey"
  | "streamToken"
  | "streamTokenInQuery";

export type Operation = {
  readonly method: "GET" | "HEAD" | "OPTIONS" | "POST";
  /** As API Gateway writes it. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly says?: string;
  /** Where it is served, unless with all the others. */
  readonly server?: { readonly url: string; readonly says: string };
  /** Any one of them; none where nobody proves anything. */
  readonly security: readonly Security[];
  readonly parameters: readonly Parameter[];
  readonly body?: {
    readonly says: string;
    readonly schema: z.ZodType;
    readonly examples: Readonly<Record<string, unknown>>;
  };
  /** When nothing is in trouble but the request: what every route may answer beside is in trouble.ts. */
  readonly answers: Answers;
};

/** `POST /actions/{product_id}` */
export function routeOf({ method, path }: Pick<Operation, "method" | "path">): string {
  return `${method} ${path}`;
}
