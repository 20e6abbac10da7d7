import { acme, productIds, productParameters } from "../acme.ts";
import type { LocalCloud } from "../boot.ts";
import { startHelpCenter } from "../demo/help-center.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { playground, playgroundDocument } from "./product.ts";
import { answerPage } from "./requests.ts";
import { createVisitors } from "./visitors.ts";

export type Page = {
  /** To be opened in a browser. */
  readonly url: string;
  close(): Promise<void>;
};

/** Serves the page at the local cloud's own address, with its product beside `acme`. */
export async function startPage(
  cloud: Pick<LocalCloud, "url" | "putParameter" | "serveBeside">,
  intercom: Pick<FakeIntercom, "addWorkspace">,
  stage: string,
): Promise<Page> {
  // What is not https must be called localhost to be allowed (`allowed_origins`).
  const origin = `http://localhost:${new URL(cloud.url).port}`;
  const { url: helpCenterUrl, close } = await startHelpCenter();
  const parameters = {
    ...productParameters(stage, playground, playgroundDocument(origin, helpCenterUrl)),
    ...productIds(stage, [acme, playground]),
  };
  for (const [name, { value, type }] of Object.entries(parameters)) cloud.putParameter(name, value, type);
  cloud.serveBeside(answerPage(origin, createVisitors(intercom.addWorkspace(playground.accessToken), cloud.url)));
  return { url: `${origin}/`, close };
}
