/** What the local cloud and a function's process tell each other over their IPC channel. */

export type Invoke = {
  readonly kind: "invoke";
  readonly requestId: string;
  readonly event: unknown;
  /** Milliseconds since 1970. */
  readonly deadlineMs: number;
};

export type FunctionError = { readonly errorType: string; readonly errorMessage: string };

export type Told =
  /** The bundle is loaded. */
  | { readonly kind: "ready" }
  /** `payload` is the handler's result as JSON; undefined when it returned nothing. */
  | { readonly kind: "returned"; readonly requestId: string; readonly payload: string | undefined }
  | { readonly kind: "threw"; readonly requestId: string; readonly error: FunctionError };

/** What an invocation came to. */
export type InvocationResult =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly error: FunctionError };
