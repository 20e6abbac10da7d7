import { type Reply, refuse } from "./reply.ts";

/** In order of time. `Unstable` is newer than every number. */
const versions = [
  ...["1.0", "1.1", "1.2", "1.3", "1.4", "2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10"],
  ...["2.11", "2.12", "2.13", "2.14", "2.15", "2.16", "Preview", "Unstable"],
];

/** What an app gets that does not ask: its owner's choice in the settings. */
const defaultVersion = "2.11";

/** @returns a refusal for a version that does not exist. */
export function requestedVersion(header: string | undefined): string | Reply {
  const version = header ?? defaultVersion;
  return versions.includes(version)
    ? version
    : refuse(400, "intercom_version_invalid", "The requested version could not be found");
}

export function isOlder(version: string, than: string): boolean {
  return versions.indexOf(version) < versions.indexOf(than);
}
