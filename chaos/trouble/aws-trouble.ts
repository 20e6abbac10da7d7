import { setTimeout as wait } from "node:timers/promises";
import type { AwsCall } from "../../local/aws-protocol.ts";
import type { Random } from "../../local/fake-intercom/random.ts";
import { throttling, type Verdict } from "../../local/interceptions.ts";
import { exponential } from "../load/arrivals.ts";
import type { Chance } from "../load/chance.ts";
import type { System } from "../system.ts";
import { mortals } from "./mortals.ts";
import { repeat } from "./repeat.ts";
import type { Trouble } from "./trouble.ts";

/** Of a spell in which one service is in trouble; between two spells all are well for as long. */
const SPELL_MS = 600;

const troubled = ["dynamodb", "sqs", "scheduler", "events", "ssm"] as const;

const share = { slowed: 0.6, throttled: 0.3, unanswered: 0.1 };

const slowMs = { least: 50, most: 800 };

type Spell = { readonly service: (typeof troubled)[number]; readonly kind: keyof typeof share };

/**
 * AWS has its bad spells: the emulator of one service is slow, or throttles, or does what it was asked and its answer is
 * lost, for a part of the functions' and the event sources' requests.
 */
export function awsTrouble({ cloud }: System, chance: Chance): Trouble {
  const [moments, requests] = [chance(), chance()];
  const sources = ["actor-worker", "delayed-lane-relay"].map((name) => cloud.eventSource(name).logicalId);
  const callers = new Set([...mortals(cloud).keys(), ...sources]);
  const counts: Record<keyof typeof share, number> = { slowed: 0, throttled: 0, unanswered: 0 };
  const stopping = new AbortController();
  let spell: Spell | undefined;

  const spells = repeat(
    () => exponential(SPELL_MS, moments),
    () => {
      spell = spell ? undefined : { service: picked(troubled, moments), kind: picked(kinds, moments) };
    },
  );
  const strikes = (kind: keyof typeof share) => (call: AwsCall) =>
    spell?.kind === kind && spell.service === call.service && callers.has(call.caller) && requests() < share[kind];
  const interceptions = [
    cloud.gateway.intercept({
      moment: "before",
      when: strikes("slowed"),
      async act(): Promise<Verdict> {
        counts.slowed += 1;
        const ms = slowMs.least + requests() * (slowMs.most - slowMs.least);
        await wait(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
        return "pass";
      },
    }),
    cloud.gateway.intercept({
      moment: "before",
      when: strikes("throttled"),
      act() {
        counts.throttled += 1;
        return throttling;
      },
    }),
    cloud.gateway.intercept({
      moment: "after",
      when: strikes("unanswered"),
      act() {
        counts.unanswered += 1;
        return "drop";
      },
    }),
  ];
  return {
    counts: () => counts,
    async stop() {
      stopping.abort();
      for (const interception of interceptions) interception.remove();
      await spells.stop();
    },
  };
}

const kinds = Object.keys(share) as (keyof typeof share)[];

function picked<Thing>(things: readonly Thing[], random: Random): Thing {
  return things[Math.floor(random() * things.length)] as Thing;
}
