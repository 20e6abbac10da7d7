import { clientSettings } from "../../lambdas/adapters/aws/client-settings.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";

const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/** What an AWS client needs to talk to `endpoint`; all else as the functions set their clients up. */
export function clientFor(endpoint: string) {
  return { ...clientSettings, endpoint, region: "us-east-1", credentials: CREDENTIALS };
}

/** The local cloud's gateway, between an SDK client and whatever is connected to it, so that calls can be disturbed. */
export async function startAwsGateway(): Promise<{
  readonly gateway: Gateway;
  readonly client: ReturnType<typeof clientFor>;
}> {
  const gateway = await startGateway();
  return { gateway, client: clientFor(gateway.url) };
}
