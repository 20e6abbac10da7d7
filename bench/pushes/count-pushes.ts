import { acme } from "../../local/acme.ts";
import { serveHttp } from "../../local/http-server.ts";
import type { SynthesizedStack } from "../../local/template/template.ts";
import { COUNTED, dearest } from "../count-batches.ts";
import { type Cost, costOf } from "../request-counts.ts";
import { type System, stage, startSystem } from "../system.ts";
import { newVisitor } from "../visitor.ts";

/** Delivers pushes, and is fed by a queue of its own. */
const PUSHER = "PushDeliveryWorker";

/** A session's first batch costs more: it registers with its person. */
const BATCHES_BEFORE = 9;

export type CountedPushes = {
  /** A batch of a product that names no endpoint, and of one that does: up to the endpoint's answer. */
  readonly silent: Cost;
  readonly pushed: Cost;
  /** Invocations of the function that delivers, for a batch. */
  readonly deliveries: number;
};

/** @param stack that can push. @throws Error when the endpoint was sent something else than each batch once. */
export async function countPushes(stack: SynthesizedStack): Promise<CountedPushes> {
  let taken = 0;
  const endpoint = await serveHttp(async () => {
    taken += 1;
    return { status: 204 };
  });
  await using _closing = { [Symbol.asyncDispose]: () => endpoint.close() };
  const { cost: silent } = await countBatches(stack, {});
  const { cost: pushed, deliveries } = await countBatches(stack, { push: { url: endpoint.url } });
  const sent = BATCHES_BEFORE + COUNTED;
  if (taken !== sent) throw new Error(`Of ${sent} batches, the endpoint was sent ${taken}`);
  return { silent, pushed, deliveries };
}

async function countBatches(stack: SynthesizedStack, document: object) {
  await using system = await startSystem(stack, document);
  const { cloud } = system;
  cloud.putParameter(`/throughline/${stage}/products/${acme.productId}/push/secret`, "bench", "SecureString");
  const visitor = newVisitor(system);
  const sendOne = async (n: number) => {
    await visitor.push(visitor.batch(`batch ${n}`));
    await system.settle();
    await untilDelivered(system);
  };
  for (let n = 0; n < BATCHES_BEFORE; n += 1) await sendOne(n);
  const before = cloud.functionProcess(PUSHER).served().invocations;
  const each: Cost[] = [];
  for (let n = 0; n < COUNTED; n += 1) each.push(await costOf(system, () => sendOne(BATCHES_BEFORE + n), [PUSHER]));
  const deliveries = (cloud.functionProcess(PUSHER).served().invocations - before) / COUNTED;
  return { cost: dearest(each), deliveries };
}

/** A turn has queued what it pushes before it is over. */
async function untilDelivered({ cloud: { queues } }: System): Promise<void> {
  await queues.until(() => Object.values(queues.depth("PushesQueue")).every((messages) => messages === 0), 60_000);
}
