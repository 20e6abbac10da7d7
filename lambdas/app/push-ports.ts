import type { Push } from "../domain/activity/push.ts";
import type { Clock, DeadLetters, Products, Random, Redelivery, Telemetry } from "./ports.ts";

export type PushQueue = {
  /**
   * Resolves when all of them are queued, those of a session in order. One that is sent again within five minutes is
   * queued once.
   *
   * @throws RetryableError, TerminalError; some of them may be queued then
   */
  send(pushes: readonly Push[]): Promise<void>;
};

export type PushEndpoint = {
  /**
   * Sends it once, signed.
   *
   * @throws TerminalError `rejected` or `gone`: the endpoint wants no other try
   * @throws RetryableError for everything else
   */
  deliver(destination: { readonly url: string; readonly secrets: readonly string[] }, push: Push): Promise<void>;
};

/** Everything that the delivery of pushes speaks to. */
export type PushPorts = {
  readonly products: Products;
  readonly endpoint: PushEndpoint;
  readonly deadLetters: DeadLetters;
  readonly redelivery: Redelivery;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly random: Random;
};
