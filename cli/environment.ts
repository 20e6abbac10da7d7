/** The environment variables that the command line itself reads; AWS's own are read by its SDK. */
export const cliVariable = {
  /** The file that a running local cloud wrote. Default: `.throughline/local.json` of the repository. */
  localCloud: "THROUGHLINE_LOCAL",
} as const;

/** Secrets by the variable, or the line of a `--secrets-from` file, that holds them. */
export const secretVariable = {
  "intercom/access-token": "INTERCOM_ACCESS_TOKEN",
  "intercom/client-secret": "INTERCOM_CLIENT_SECRET",
  "intercom/identity-secret": "INTERCOM_IDENTITY_SECRET",
  "ingest/secret": "INGEST_SECRET",
  "operator/key": "OPERATOR_KEY",
  "push/secret": "PUSH_SECRET",
  "stream/secret": "STREAM_SECRET",
  "language/api-key": "LANGUAGE_API_KEY",
  "knowledge-base/token": "KNOWLEDGE_BASE_TOKEN",
  "sources/posthog-secret": "SOURCES_POSTHOG_SECRET",
  "sources/fullstory-token": "SOURCES_FULLSTORY_TOKEN",
} as const;

export function readVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}
