/**
 * Words that stand in every secret, e-mail address and text that the fuzz sends, and nowhere else: none of them may be
 * found in a log line, a metric or an answer.
 */
const MARK = "canary";

export const canary = {
  ingestSecret: `${MARK}-ingest-secret`,
  clientSecret: `${MARK}-client-secret`,
  identitySecret: `${MARK}-identity-secret`,
  accessToken: `${MARK}-access-token`,
  operatorKey: `${MARK}-operator-key`,
  posthogSecret: `${MARK}-posthog-secret`,
  fullstoryToken: `${MARK}-fullstory-token`,
  streamSecret: `${MARK}-stream-secret`,
  /** Of the product `acme-2` alone. */
  otherOperatorKey: `${MARK}-other-operator-key`,
  /** Not marked: a browser tells it, and a product's configuration. */
  origin: "https://app.example.com",
  email: `Jane.${MARK}@example.com`,
  /** Stands in bodies, headers and paths. */
  text: `${MARK} text`,
} as const;

const { origin: _, email: __, text: ___, ...secrets } = canary;

/** What no answer may tell, whatever it is asked. */
export const secretTexts: readonly string[] = Object.values(secrets);

/** Where a canary sings: the pieces around each find, for a failure that tells what leaked. */
export function leaksIn(output: string): readonly string[] {
  return [...output.matchAll(new RegExp(MARK, "gi"))].map(({ index }) =>
    output.slice(Math.max(0, index - 120), index + 40),
  );
}
