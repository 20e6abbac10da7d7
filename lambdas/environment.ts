/**
 * The environment variables of the functions: the only thing that `lib/` (which sets them) and `lambdas/` (which reads
 * them) share. Handlers read them here and nowhere else.
 */
export const variable = {
  stage: "THROUGHLINE_STAGE",
  /** SSM path under which the stage's parameters live, e.g. `/throughline/prod`. */
  parameterPrefix: "PARAMETER_PREFIX",
  tableName: "TABLE_NAME",
  actorsQueueUrl: "ACTORS_QUEUE_URL",
  actorsQueueArn: "ACTORS_QUEUE_ARN",
  actorsDeadLetterQueueUrl: "ACTORS_DLQ_URL",
  jobsQueueUrl: "JOBS_QUEUE_URL",
  /** Only where pushes are deployed. */
  pushesQueueUrl: "PUSHES_QUEUE_URL",
  pushesDeadLetterQueueUrl: "PUSHES_DLQ_URL",
  deadlinesQueueUrl: "DEADLINES_QUEUE_URL",
  eventBusName: "EVENT_BUS_NAME",
  scheduleGroup: "SCHEDULE_GROUP",
  schedulerRoleArn: "SCHEDULER_ROLE_ARN",
  schedulerDeadLetterQueueArn: "SCHEDULER_DLQ_ARN",
  /** How long a configuration read from SSM is used before it is read again, seconds. */
  configurationTtl: "CONFIGURATION_TTL_S",
  /** `bedrock`, `openai` or `extractive`: who writes for products that do not say it themselves. */
  languageProvider: "LANGUAGE_PROVIDER",
  /** The one model that the stack may ask Bedrock for. */
  bedrockModelId: "BEDROCK_MODEL_ID",
  /** Where pages listen to their sessions; ends with a slash. */
  streamUrl: "STREAM_URL",
  /** `on` where streams are deployed: what sessions have to tell is kept while somebody listens to their product. */
  productFeeds: "PRODUCT_FEEDS",
  /** Replaces the chat platform's base URL of every product: a sandbox, a mock, the local cloud. Unset in AWS. */
  intercomBaseUrl: "INTERCOM_BASE_URL",
} as const;

export type Variable = (typeof variable)[keyof typeof variable];

/**
 * Reads variables that a function cannot work without.
 *
 * @throws Error naming every variable that is missing, so that a wrong deployment says all that is wrong at once.
 */
export function required<Name extends Variable>(names: readonly Name[], env = process.env): Record<Name, string> {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`Missing environment variables: ${missing.join(", ")}`);
  return Object.fromEntries(names.map((name) => [name, env[name]])) as Record<Name, string>;
}
