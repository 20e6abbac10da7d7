/** One Lambda function, as the template describes it. */
export type FunctionSettings = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The role that the function acts as. */
  readonly roleArn: string;
  /** `<module>.<export>`, the module relative to the code directory. */
  readonly handler: string;
  readonly codeDirectory: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** The most that run at once, and so many always may. */
  readonly reservedConcurrency?: number | undefined;
  readonly variables: Readonly<Record<string, string>>;
};

/**
 * The whole environment of a function's process: the template's variables and what Lambda itself sets (developer guide,
 * "Defined runtime environment variables"). Nothing of the host's comes along.
 */
export function processEnvironment(
  settings: FunctionSettings,
  { gatewayUrl, region, processId }: { gatewayUrl: string; region: string; processId: string },
): Readonly<Record<string, string>> {
  return {
    ...settings.variables,
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "en_US.UTF-8",
    TZ: "UTC",
    LAMBDA_TASK_ROOT: settings.codeDirectory,
    _HANDLER: settings.handler,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: processId,
    // Credentials say who calls; the gateway checks no signature.
    AWS_ACCESS_KEY_ID: settings.logicalId,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: processId,
    AWS_ENDPOINT_URL: gatewayUrl,
    // The SDK would read the developer's own configuration.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    LOCAL_FUNCTION_ARN: settings.arn,
  };
}
