import { acme, productIds, productParameters } from "../acme.ts";
import type { LocalCloud } from "../boot.ts";
import { startHelpCenter } from "../demo/help-center.ts";
import type { FakeIntercom } from "../fake-intercom/server.ts";
import { playground, playgroundDocument } from "./product.ts";
import { answerEarly, answerPage } from "./requests.ts";
import { createVisitors } from "./visitors.ts";

export type Page = {
  /** To be opened in a browser. Whoever does so too early is shown that they are. */
  readonly url: string;
  open(): void;
  close(): Promise<void>;
};

/**
 * Prepares the page, at the local cloud's own address, and its product beside `acme`. It is opened apart: what its users
 * did while the story is told would be counted as the story's.
 */
export async function startPage(
  cloud: Pick<LocalCloud, "url" | "putParameter" | "serveBeside">,
  intercom: FakeIntercom,
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
  const answer = answerPage(origin, createVisitors(intercom, cloud.url));
  cloud.serveBeside(answerEarly);
  return { url: `${origin}/`, open: () => cloud.serveBeside(answer), close };
}
