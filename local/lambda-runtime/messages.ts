/** What the local cloud and a function's process tell each other over their IPC channel. */

export type Invoke = {
  readonly kind: "invoke";
  readonly requestId: string;
  readonly event: unknown;
  /** Milliseconds since 1970. */
  readonly deadlineMs: number;
};

export type Asked =
  | Invoke
  /** Whoever reads the response of the invocation that is served has gone. */
  | { readonly kind: "gone" };

export type FunctionError = { readonly errorType: string; readonly errorMessage: string };

export type Told =
  /** The bundle is loaded. */
  | { readonly kind: "ready" }
  /** A piece of the response, in base64. */
  | { readonly kind: "chunk"; readonly requestId: string; readonly bytes: string }
  /** `payload` is the handler's result as JSON; undefined when it returned nothing. */
  | { readonly kind: "returned"; readonly requestId: string; readonly payload: string | undefined }
  | { readonly kind: "threw"; readonly requestId: string; readonly error: FunctionError };

/** What an invocation came to. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: FunctionError };

/** Who reads a response that comes in pieces. */
export type ResponseReader = { readonly onChunk: (bytes: Buffer) => void; readonly gone: AbortSignal };
