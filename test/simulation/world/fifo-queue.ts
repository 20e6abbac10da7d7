import type { Chance } from "../chance.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** SQS drops a message whose de-duplication id it saw within five minutes. */
const DEDUPLICATION_MS = 300_000;
const BATCH_SIZE = 10;

export type Sent = { readonly group: string; readonly deduplicationId: string; readonly body: string };

export type Received = {
  readonly messageId: string;
  readonly receipt: string;
  readonly group: string;
  readonly body: string;
  readonly receives: number;
};

type Message = Sent & {
  readonly messageId: string;
  receives: number;
  visibleAt: number;
  receipt: string | undefined;
};

export type DeadLetter = {
  readonly group: string;
  readonly body: string;
  readonly messageId: string;
  readonly reason: string;
};

/** A FIFO queue as SQS keeps it, and its dead-letter queue. */
export type FifoQueue = {
  send(sent: Sent): void;
  /**
   * Messages of groups of which nothing is out, as many of one group as there are before the next group.
   *
   * @param most ten unless said
   */
  receive(visibilityMs: number, most?: number): readonly Received[];
  /** Has no effect when the receipt is no longer the latest, or its time is over. */
  remove(receipt: string): void;
  postpone(receipt: string, delayMs: number): void;
  /** Puts a message aside. The same one given up for the same reason stands there once. */
  quarantine(letter: DeadLetter): void;
  /** The dead letters go back, as new messages at the end. */
  redrive(): number;
  readonly letters: () => readonly DeadLetter[];
  readonly messages: () => readonly { readonly group: string; readonly body: string }[];
};

export type FifoListeners = {
  /** Something can perhaps be received now. */
  readonly onChange: () => void;
  readonly onQueued: (sent: Sent) => void;
  readonly onLetter: (letter: DeadLetter) => void;
};

export function createFifoQueue(
  { time, chance }: { readonly time: VirtualTime; readonly chance: Chance },
  maxReceiveCount: number,
  { onChange, onQueued, onLetter }: FifoListeners,
): FifoQueue {
  const groups = new Map<string, Message[]>();
  const byReceipt = new Map<string, Message>();
  const seen = new Map<string, number>();
  const letters = new Map<string, DeadLetter>();
  let ids = 0;

  const nextId = (prefix: string): string => {
    ids += 1;
    return `${prefix}-${ids}`;
  };
  const take = (message: Message): void => {
    const left = (groups.get(message.group) ?? []).filter((other) => other !== message);
    if (left.length > 0) groups.set(message.group, left);
    else groups.delete(message.group);
    if (message.receipt) byReceipt.delete(message.receipt);
  };
  const put = (sent: Sent): void => {
    const message = { ...sent, messageId: nextId("m"), receives: 0, visibleAt: 0, receipt: undefined };
    groups.set(sent.group, [...(groups.get(sent.group) ?? []), message]);
    onQueued(sent);
    onChange();
  };
  const quarantine = (letter: DeadLetter): void => {
    const key = JSON.stringify([letter.group, letter.messageId, letter.reason]);
    if (letters.has(key)) return;
    letters.set(key, letter);
    onLetter(letter);
  };
  const isOpen = (messages: readonly Message[]): boolean => messages.every(({ visibleAt }) => visibleAt <= time.now());
  const held = (receipt: string): Message | undefined => {
    const message = byReceipt.get(receipt);
    return message && message.visibleAt > time.now() ? message : undefined;
  };
  const hide = (message: Message, ms: number): void => {
    message.visibleAt = time.now() + ms;
    time.at(message.visibleAt, onChange);
  };

  return {
    send: (sent) => {
      const id = JSON.stringify([sent.group, sent.deduplicationId]);
      const before = seen.get(id);
      if (before !== undefined && time.now() - before < DEDUPLICATION_MS) return;
      seen.set(id, time.now());
      put(sent);
    },
    receive: (visibilityMs, most = BATCH_SIZE) => {
      const received: Received[] = [];
      const open = [...groups.values()].filter(isOpen);
      const wanted = chance.maybe(0.8) ? most : chance.between(1, most);
      while (open.length > 0 && received.length < wanted) {
        const [messages = []] = open.splice(chance.between(0, open.length - 1), 1);
        for (const message of messages.slice(0, wanted - received.length)) {
          message.receives += 1;
          const { messageId, group, body, receives } = message;
          if (receives > maxReceiveCount) {
            take(message);
            quarantine({ group, body, messageId, reason: "received too often" });
            continue;
          }
          if (message.receipt) byReceipt.delete(message.receipt);
          message.receipt = nextId("r");
          byReceipt.set(message.receipt, message);
          hide(message, visibilityMs);
          received.push({ messageId, receipt: message.receipt, group, body, receives });
        }
      }
      return received;
    },
    remove: (receipt) => {
      const message = held(receipt);
      if (message) take(message);
      onChange();
    },
    postpone: (receipt, delayMs) => {
      const message = held(receipt);
      if (message) hide(message, delayMs);
    },
    quarantine,
    redrive: () => {
      const given = [...letters.values()];
      letters.clear();
      for (const { group, body } of given) put({ group, body, deduplicationId: nextId("redriven") });
      return given.length;
    },
    letters: () => [...letters.values()],
    messages: () => [...groups.values()].flat(),
  };
}
