import { credentials } from "../../fuzz/arbitraries/request.ts";
import { canary } from "../../fuzz/canaries.ts";
import { rawRequest } from "./raw-http.ts";

/** A request as bytes, and the statuses with which a gateway answers. */
export type RawCase = {
  readonly what: string;
  readonly bytes: Buffer;
  readonly statuses: readonly number[];
  /** Its sender leaves when it is written, in the middle of what it began. */
  readonly thenEnds?: boolean;
};

type Header = readonly [name: string, value: string];

const batch = Buffer.from(
  JSON.stringify({ product_id: "acme", session_id: "raw", actions: [{ description: canary.text }] }),
);
const honest: readonly Header[] = [
  ["Host", "localhost"],
  ["Connection", "close"],
  ["Content-Type", "application/json"],
  credentials("actions", batch),
];
const length: Header = ["Content-Length", String(batch.length)];
const chunked: Header = ["Transfer-Encoding", "chunked"];
const chunk = (bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
const inChunks = Buffer.concat([chunk(batch.subarray(0, 9)), chunk(batch.subarray(9)), Buffer.from("0\r\n\r\n")]);

/** An honest batch, but for these headers and this body. */
const posted = (headers: readonly Header[], body: Uint8Array = batch): Buffer =>
  rawRequest("POST /actions/acme HTTP/1.1", [...honest, ...headers], body);

const asked = (line: string): Buffer => rawRequest(`${line} HTTP/1.1`, [...honest, length], batch);

const eleven = 11_000_000;

export const rawCases: readonly RawCase[] = [
  { what: "as it should be", bytes: posted([length]), statuses: [202] },
  { what: "in chunks", bytes: posted([chunked], inChunks), statuses: [202] },
  { what: "in chunks that are none", bytes: posted([chunked], Buffer.from("zz\r\nhello\r\n")), statuses: [400] },
  { what: "in chunks without an end", bytes: posted([chunked], chunk(batch)), statuses: [400], thenEnds: true },
  { what: "in chunks and with a length", bytes: posted([chunked, length]), statuses: [400] },
  {
    what: "with a length that is too long",
    bytes: posted([["Content-Length", "4000"]]),
    statuses: [400],
    thenEnds: true,
  },
  { what: "with a length that is too short", bytes: posted([["Content-Length", "9"]]), statuses: [400] },
  { what: "with a length below nothing", bytes: posted([["Content-Length", "-1"]]), statuses: [400] },
  { what: "with two lengths", bytes: posted([length, ["Content-Length", "1"]]), statuses: [400] },
  { what: "with a header that would be two", bytes: posted([length, ["X-A", "1\nX-B: 2"]]), statuses: [400] },
  { what: "with a header of NUL", bytes: posted([length, ["X-A", "\0"]]), statuses: [400] },
  { what: "with a header that has no name", bytes: posted([length, ["", "1"]]), statuses: [400] },
  { what: "with too long a header", bytes: posted([length, ["X-A", "x".repeat(20_000)]]), statuses: [431] },
  { what: "with two signatures", bytes: posted([length, credentials("actions", batch)]), statuses: [401] },
  {
    what: "with a body of eleven megabytes",
    bytes: posted([["Content-Length", String(eleven)]], Buffer.alloc(eleven, "x")),
    statuses: [413],
  },
  { what: "that asks to go on", bytes: posted([length, ["Expect", "100-continue"]]), statuses: [100, 202] },
  { what: "that asks for another protocol", bytes: posted([length, ["Upgrade", "websocket"]]), statuses: [202] },
  { what: "in HTTP/2", bytes: Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), statuses: [400] },
  { what: "in TLS", bytes: Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01]), statuses: [400] },
  { what: "without a host", bytes: rawRequest("POST /actions/acme HTTP/1.1", [length], batch), statuses: [400] },
  { what: "to a whole address", bytes: asked("POST http://localhost/actions/acme"), statuses: [404] },
  { what: "to nowhere", bytes: asked("OPTIONS *"), statuses: [404] },
  { what: "up the path", bytes: asked("POST /actions/%2e%2e/products"), statuses: [404] },
  { what: "to a path that is no UTF-8", bytes: asked("POST /actions/%ff"), statuses: [401] },
  { what: "to a product named NUL", bytes: asked("POST /actions/%00"), statuses: [401] },
  { what: "by a method that is none", bytes: asked("HACK /actions/acme"), statuses: [400] },
  { what: "by a method that the route has not", bytes: asked("PATCH /actions/acme"), statuses: [404] },
];
