import type { Product } from "./ports.ts";

/** What an operator's use cases need of the world, beside `ports.ts`. Errors are the two of that file. */

/** The stage's parameters. Names are those below its prefix: `product-ids`, `products/acme/config`. */
export type StageParameters = {
  /** What does not exist is absent from the answer. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Those of the names that exist, found out without opening a secret. */
  existing(names: readonly string[]): Promise<ReadonlySet<string>>;
  /** Creates or replaces. */
  write(name: string, value: string, kind: "plain" | "secret"): Promise<void>;
  /** Names of everything below a path. */
  list(path: string): Promise<readonly string[]>;
  /** Does nothing when there is no such parameter. */
  remove(name: string): Promise<void>;
};

export type AccountCheck =
  /** `name`: of the admin in whose name notes are written. */
  | { readonly kind: "known"; readonly name: string }
  /** The access token is refused, or may not read. */
  | { readonly kind: "token-refused" }
  /** The token is right; its workspace has no such admin. */
  | { readonly kind: "no-such-admin" }
  /** What answers at the address is no chat platform, or does not do what every one does. */
  | { readonly kind: "no-platform" };

/** Whether the chat platform takes a product's credentials. */
export type ChatAccount = { check(product: Product): Promise<AccountCheck> };

/** A new secret: 256 bits, in characters that stand in a header and a shell without quotes. */
export type NewSecret = () => string;
