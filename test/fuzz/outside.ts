import { SSMClient } from "@aws-sdk/client-ssm";
import { createSsmStageParameters } from "../../lambdas/adapters/ssm/stage-parameters.ts";
import type { StageParameters } from "../../lambdas/app/operator-ports.ts";
import { createParameterStore } from "../../local/emulators/parameter-store.ts";
import { type FakeIntercom, startFakeIntercom } from "../../local/fake-intercom/server.ts";
import { startAwsGateway } from "../support/aws-gateway.ts";
import type { ManualClock } from "../support/memory/manual-clock.ts";
import { canary } from "./canaries.ts";

/** What every run of a campaign shares, because it takes a while to start. */
export type Outside = AsyncDisposable & {
  readonly intercom: FakeIntercom;
  /** With SSM's own limits. */
  readonly parameters: StageParameters;
};

const PATIENCE_MS = 60_000;

export async function startOutside(clock: ManualClock): Promise<Outside> {
  await using started = new AsyncDisposableStack();
  const aws = await startAwsGateway();
  started.defer(() => aws.gateway.close());
  const store = createParameterStore();
  aws.gateway.connect("ssm", store.backend);
  store.put("/throughline/fuzz/product-ids", "(none)", "StringList");
  // However busy the machine is: an answer that comes late is no finding.
  const requestHandler = { connectionTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS };
  const client = new SSMClient({ ...aws.client, requestHandler });
  started.defer(() => client.destroy());
  const intercom = await startFakeIntercom({
    tokens: [canary.accessToken],
    lagMs: { min: 0, max: 0 },
    requestsPerWindow: Number.MAX_SAFE_INTEGER,
    now: clock.now,
  });
  started.defer(() => intercom.close());
  const owned = started.move();
  return {
    intercom,
    parameters: createSsmStageParameters({ client, prefix: "/throughline/fuzz" }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
