import { type AwsCall, type AwsError, type Backend, errorResponse, readCall, type Service } from "./aws-protocol.ts";
import { type HttpResponse, serveHttp } from "./http-server.ts";
import { type ActiveInterception, createInterceptions, type Interception } from "./interceptions.ts";

export type CallCount = Pick<AwsCall, "caller" | "service" | "operation"> & { readonly requests: number };

/** The one address to which everything in the local cloud sends its AWS requests. */
export type Gateway = {
  readonly url: string;
  /** Requests of this service go to this backend from now on. */
  connect(service: Service, backend: Backend): void;
  /** Asks, before anything else happens to a request, whether its caller may do this. */
  guard(refusal: (call: AwsCall) => AwsError | undefined): void;
  /** Steps between callers and services, until it is removed. */
  intercept(interception: Interception): ActiveInterception;
  /** Tells of each answered request. Returns the way to stop. */
  observe(listener: (call: AwsCall, status: number) => void): () => void;
  /** Requests since the boot, retries of the SDK among them. */
  counts(): readonly CallCount[];
  close(): Promise<void>;
};

export async function startGateway(): Promise<Gateway> {
  const backends = new Map<Service, Backend>();
  const interceptions = createInterceptions();
  const observers = new Set<(call: AwsCall, status: number) => void>();
  const counts = new Map<string, CallCount>();
  let refusal: (call: AwsCall) => AwsError | undefined = () => undefined;

  function count({ caller, service, operation }: AwsCall): void {
    const key = `${caller}/${service}/${operation}`;
    counts.set(key, { caller, service, operation, requests: (counts.get(key)?.requests ?? 0) + 1 });
  }

  const server = await serveHttp(async (request) => {
    const call = readCall(request);
    if (!call || !request.body) return errorResponse({ code: "MissingAuthenticationToken", status: 403 });
    count(call);
    const answer = await serve({ ...request, body: request.body, call });
    if (answer !== "drop") for (const observer of observers) observer(call, answer.status);
    return answer;
  });

  async function serve(request: Parameters<Backend>[0]): Promise<HttpResponse | "drop"> {
    const refused = refusal(request.call);
    if (refused) return errorResponse(refused);
    const before = await interceptions.judge("before", request.call);
    if (before !== "pass") return before === "drop" ? before : errorResponse(before.fail);
    const backend = backends.get(request.call.service);
    if (!backend) return errorResponse({ code: "ServiceUnavailable", status: 503 });
    const response = await backend(request);
    if (response === "drop") return response;
    const after = await interceptions.judge("after", request.call);
    if (after !== "pass") return after === "drop" ? after : errorResponse(after.fail);
    return response;
  }

  return {
    url: server.url,
    connect: (service, backend) => void backends.set(service, backend),
    guard(check) {
      refusal = check;
    },
    intercept: interceptions.add,
    observe(listener) {
      observers.add(listener);
      return () => void observers.delete(listener);
    },
    counts: () => [...counts.values()],
    close: server.close,
  };
}
