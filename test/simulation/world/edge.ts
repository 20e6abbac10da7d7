import { createHmac } from "node:crypto";
import { verifyBatchSignature } from "../../../lambdas/adapters/connector/batch-signature.ts";
import { verifyUserHash } from "../../../lambdas/adapters/intercom/user-hash.ts";
import { intercomWebhooks } from "../../../lambdas/adapters/intercom/webhooks.ts";
import { verifyBearer } from "../../../lambdas/adapters/operator/bearer.ts";
import { verifyWebhookProof } from "../../../lambdas/adapters/posthog/webhook-proof.ts";
import { createSqsMailbox } from "../../../lambdas/adapters/sqs/mailbox.ts";
import { acceptActions } from "../../../lambdas/app/accept-actions.ts";
import { acceptChatWebhook } from "../../../lambdas/app/accept-chat-webhook.ts";
import { acceptLink } from "../../../lambdas/app/accept-link.ts";
import type { PageAnswer, PageReportPorts } from "../../../lambdas/app/accept-page-report.ts";
import { acceptSourceWebhook } from "../../../lambdas/app/accept-source-webhook.ts";
import { acceptTourProgress } from "../../../lambdas/app/accept-tour-progress.ts";
import type { PagePost } from "../../../lambdas/app/admit-page.ts";
import { resetUser } from "../../../lambdas/app/reset-user.ts";
import type { Happening } from "../scenario.ts";
import { batchesOf } from "../sessions.ts";
import { batchBody, eventsBody, signed, webhookBody } from "../wire.ts";
import { type Cloud, ORIGIN, secrets } from "./cloud.ts";
import { createLife, type Life } from "./life.ts";
import { createSqsClient, queueUrl } from "./sqs-client.ts";
import { createProducts } from "./worker.ts";

type Of<Type extends Happening["type"]> = Extract<Happening, { type: Type }>;

/** API Gateway gives up on a receiver that does not answer. */
const GATEWAY_TIMEOUT_MS = 29_000;

/** How long a sender waits before it sends again; the later ones outlast the queue's five minutes of memory. */
const SEND_AGAIN_MS = [1_000, 5_000, 30_000, 310_000, 310_000, 310_000, 310_000];

/** The HTTP edge: receivers, and those who send to them until they are answered. */
export type Edge = {
  sendBody(body: Of<"body">): Promise<void>;
  tellSource(source: Of<"source">): Promise<void>;
  notify(write: Of<"write">): Promise<void>;
  claim(claim: Of<"claim">): Promise<void>;
  reportTour(report: Of<"tour">): Promise<void>;
  reset(reset: Of<"reset">): Promise<void>;
};

export function createEdge(cloud: Cloud): Edge {
  const { time, faults, history, note, chance } = cloud;
  let born = 0;

  /** One request to a receiver of its own. @returns undefined when the sender gets no answer. */
  const request = async <Answer>(what: string, take: (life: Life) => Promise<Answer>): Promise<Answer | undefined> => {
    const fault = faults.edge();
    if (fault) note(() => `${what}: ${fault.effect}`);
    await time.after(chance.between(5, 60));
    if (fault?.effect === "request-lost") return undefined;
    born += 1;
    const life = createLife(cloud, `receiver-${born}`, "receiver");
    let done = false;
    time.at(time.now() + GATEWAY_TIMEOUT_MS, () => done || life.die("its time is up"));
    const answer = await Promise.race([take(life).catch(() => undefined), life.death.then(() => undefined)]);
    done = true;
    await time.after(chance.between(5, 60));
    return fault ? undefined : answer;
  };

  /** Sends until it is told that all is well. @returns whether it was. */
  const insist = async (attempt: () => Promise<boolean>): Promise<boolean> => {
    for (const pauseMs of [...SEND_AGAIN_MS, undefined]) {
      if (await attempt()) return true;
      if (pauseMs !== undefined) await time.after(pauseMs);
    }
    return false;
  };

  const portsOf = (life: Life) => {
    const telemetry = cloud.telemetry(life.name);
    const sqs = createSqsClient(cloud, life, cloud);
    return {
      products: createProducts(cloud, life),
      mailbox: createSqsMailbox({ client: sqs, queueUrl: queueUrl.actors, telemetry }),
      clock: life.clock,
      telemetry,
    };
  };

  /** What a page of the product's own says of its session, and of its user, for whom the product vouches. */
  const postPage = async (
    what: string,
    accept: (ports: PageReportPorts, post: PagePost) => Promise<PageAnswer>,
    userId: string | undefined,
    said: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const userHash = userId && createHmac("sha256", secrets.identity).update(userId).digest("hex");
    const body = Buffer.from(JSON.stringify({ ...said, ...(userId ? { user_id: userId, user_hash: userHash } : {}) }));
    await insist(async () => {
      const answer = await request(what, (life) =>
        accept(
          { ...portsOf(life), verifyUser: verifyUserHash },
          { origin: ORIGIN, contentType: "application/json", body },
        ),
      );
      return answer !== undefined && answer.kind !== "unavailable";
    });
  };

  return {
    sendBody: async (happening) => {
      const { productId } = happening;
      const body = batchBody(happening);
      const signature = signed("sha256", body, secrets.ingest);
      const send = () =>
        insist(async () => {
          const answer = await request("a body", (life) =>
            acceptActions(
              { ...portsOf(life), verifySignature: verifyBatchSignature },
              { productId, contentType: "application/json", signature, body },
            ),
          );
          if (answer && answer.kind !== "accepted" && answer.kind !== "unavailable") {
            history.wrong("the edge", `a body was answered ${JSON.stringify(answer)}`);
          }
          return answer?.kind === "accepted";
        });
      history.bodySent(happening);
      if (await send()) history.bodyConfirmed(happening);
      for (const againMs of happening.againMs) {
        await time.after(againMs);
        note(() => "the same body again");
        await send();
      }
    },

    tellSource: async (happening) => {
      const { type: _, events, againMs, ...source } = happening;
      const tell = (told: Of<"source">["events"]) =>
        insist(async () => {
          const answer = await request("events", (life) =>
            acceptSourceWebhook(
              { ...portsOf(life), verifyPosthog: verifyWebhookProof, verifyFullstory: () => false },
              {
                productId: source.productId,
                contentType: "application/json",
                posthogProof: secrets.posthog,
                authorization: undefined,
                body: eventsBody(happening, told),
              },
            ),
          );
          if (answer && answer.kind !== "accepted" && answer.kind !== "unavailable") {
            history.wrong("the edge", `events were answered ${JSON.stringify(answer)}`);
          }
          return answer?.kind === "accepted";
        });
      await Promise.all(
        events.map(async (event) => {
          const sent: Of<"body"> = {
            ...{ type: "body", atMs: source.atMs, productId: source.productId, againMs: [] },
            batches: batchesOf({ ...happening, events: [event] }),
          };
          history.bodySent(sent);
          if (await tell([event])) history.bodyConfirmed(sent);
        }),
      );
      for (const laterMs of againMs) {
        await time.after(laterMs);
        note(() => "the same events again");
        cloud.reach(`events come again after ${laterMs < 300_000 ? "minutes" : "the queue has forgotten"}`);
        await tell(events);
      }
    },

    notify: async (happening) => {
      const { productId } = happening;
      const body = webhookBody(cloud.scenario, happening);
      const headers = { "x-hub-signature": signed("sha1", body, secrets.client) };
      const send = () =>
        insist(async () => {
          const answer = await request("a webhook", (life) =>
            acceptChatWebhook({ ...portsOf(life), webhooks: intercomWebhooks }, { productId, headers, body }),
          );
          return answer?.kind === "accepted";
        });
      if (await send()) history.webhookConfirmed(happening);
      for (const againMs of happening.againMs) {
        await time.after(againMs);
        note(() => "the same webhook again");
        await send();
      }
    },

    claim: ({ productId, sessionId, conversationId, userId }) =>
      postPage("a claim", acceptLink, userId, {
        product_id: productId,
        session_id: sessionId,
        conversation_id: conversationId,
      }),

    reportTour: ({ productId, sessionId, userId, progress, tourId, atMs }) =>
      postPage("a tour report", acceptTourProgress, userId, {
        product_id: productId,
        session_id: sessionId,
        progress,
        id: `${progress} at ${atMs}`,
        ...(tourId ? { flow_id: tourId } : {}),
      }),

    reset: async ({ productId, userId }) => {
      await insist(async () => {
        const answer = await request("a reset", (life) =>
          resetUser(
            { ...portsOf(life), verifyBearer, random: cloud.random },
            { productId, userId, authorization: `Bearer ${secrets.operator}`, query: undefined },
          ),
        );
        return answer?.kind === "accepted";
      });
    },
  };
}
