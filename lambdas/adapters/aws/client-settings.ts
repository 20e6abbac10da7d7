/**
 * How every AWS client of the functions is set up: `new SQSClient(clientSettings)`. Three attempts of at most three
 * seconds each end well within a function's 30 s, and an AWS service that hangs costs a turn its time, not its session.
 */
export const clientSettings = {
  maxAttempts: 3,
  retryMode: "standard",
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 3_000,
    // Without it the SDK only warns when a request takes too long, and goes on waiting.
    throwOnRequestTimeout: true,
  },
} as const;
