/**
 * What PostHog's library reads at its start. It turns off what would ask for more: recordings, surveys, heatmaps, feature
 * flags, site apps. Events go to `/i/v0/e/`, uncompressed: API Gateway hands a body of a textual type over as text, which
 * gzip does not survive (docs/adr/0024).
 */
export const remoteConfig = {
  supportedCompression: [],
  analytics: { endpoint: "/i/v0/e/" },
  elementsChainAsString: true,
  autocapture_opt_out: false,
  autocaptureExceptions: false,
  captureDeadClicks: false,
  capturePerformance: false,
  defaultIdentifiedOnly: true,
  hasFeatureFlags: false,
  heatmaps: false,
  isAuthenticated: false,
  productTours: false,
  sessionRecording: false,
  siteApps: [],
  surveys: false,
  toolbarParams: {},
} as const;

/** The answer of `/flags/`: there are none. */
export const flagsDocument = {
  flags: {},
  featureFlags: {},
  featureFlagPayloads: {},
  errorsWhileComputingFlags: false,
} as const;

/** What older releases ask instead of both. */
export const decideDocument = { ...remoteConfig, ...flagsDocument } as const;

/** The configuration as the script that the library's snippet loads. */
export function remoteConfigScript(projectKey: string): string {
  // A key stands in it as JSON, in which no text ends a script; and nobody runs it but a page that asked for that key.
  const key = JSON.stringify(projectKey).replaceAll("<", "\\u003c");
  const entry = `{"config":${JSON.stringify(remoteConfig)},"siteApps":[]}`;
  return `(window._POSTHOG_REMOTE_CONFIG=window._POSTHOG_REMOTE_CONFIG||{})[${key}]=${entry};\n`;
}
