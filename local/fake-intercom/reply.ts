/** What an operation answers with, before it meets the network. */
export type Reply = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

/** An error in Intercom's shape. */
export function refuse(status: number, code: string, message: string, field: string | null = null): Reply {
  return { status, body: { type: "error.list", request_id: null, errors: [{ code, message, field }] } };
}
