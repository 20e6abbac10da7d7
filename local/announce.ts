import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { LocalCloud } from "./boot.ts";
import { region } from "./template/template.ts";

/** Where `throughline --local` looks, in this repository. */
export const announcementFile = join(import.meta.dirname, "../.throughline/local.json");

/** The caller whom the gateway lets do everything, because it is no function of the stack. */
const operator = { accessKeyId: "operator", secretAccessKey: "local" };

export type Announcement = {
  /** Takes the announcement back. */
  close(): Promise<void>;
};

/**
 * Tells the command line how to reach a local cloud, in a file that only this user may read.
 *
 * @param options.file default: {@link announcementFile}.
 * @param options.intercomBaseUrl what the functions were told to use instead of every product's own.
 */
export async function announce(
  { url, gateway }: Pick<LocalCloud, "url" | "gateway">,
  options: { readonly stage: string; readonly file?: string; readonly intercomBaseUrl?: string | undefined },
): Promise<Announcement> {
  const { stage, file = announcementFile, intercomBaseUrl } = options;
  await mkdir(dirname(file), { recursive: true });
  const content = { endpoint: gateway.url, region, credentials: operator, stage, apiUrl: `${url}/`, intercomBaseUrl };
  await writeFile(file, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  return { close: () => rm(file, { force: true }) };
}
