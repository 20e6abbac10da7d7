import { eraseActor } from "../../lambdas/adapters/dynamodb/erase.ts";
import type { ActorStore } from "../../lambdas/app/ports.ts";
import type { Actor, PersonActor, SessionActor } from "../../lambdas/domain/actor/actor.ts";
import { identitiesOfContact } from "../../lambdas/domain/person/identity.ts";
import { openStore, readPerson, readSession } from "../actor-memory.ts";
import type { Arguments, Command } from "../command.ts";
import { CommandError, UsageError } from "../errors.ts";
import { yesOption } from "../global-options.ts";
import { productIdOf } from "../known-product.ts";

/** What else may still tell of the person, said each time because it is easily forgotten. */
const notErased = [
  "notes in Intercom: redact or delete them there",
  "messages on their way (at most 14 days, usually under a second), which may bring the session back: erase again then",
  "what listeners to the whole product are told, for an hour and until TTL has deleted it, and pushes that wait, for four days",
  "pending schedules, which hold the session's id until they go off",
  "the table's continuous backups, for up to 35 days",
  "logs, which hold session and conversation ids for a month",
];

export const sessionErase: Command = {
  path: ["session", "erase"],
  summary: "Erase what is remembered of a session, or of a person",
  positionals: ["product", "session"],
  optionalPositionals: ["session"],
  options: {
    person: { type: "string", placeholder: "ID", help: "a user id or an e-mail address, instead of a session" },
    yes: yesOption,
  },
  details: [
    "A session goes with its person's item; a person goes with the session that was seen last. Earlier sessions of a",
    "person are not recorded with it: erase them by their ids, or let them expire (retention_s, a day by default).",
  ],
  run: async (context, given) => {
    const productId = productIdOf(given.positional("product"));
    const store = await openStore(context);
    const actors = await actorsOf(store, productId, given, context.clock.now());
    const question = `Erase ${actors.map(({ kind }) => `a ${kind}`).join(" and ")} of ${productId} for good?`;
    if (!given.flag("yes") && !(await context.terminal.confirm(question))) throw new CommandError("Nothing was erased");
    const { tableName } = await context.deployment();
    let items = 0;
    for (const actor of actors) {
      context.signal.throwIfAborted();
      items += await eraseActor({ client: context.dynamodb, tableName }, actor);
    }
    return {
      ok: items > 0,
      json: { product_id: productId, items_deleted: items, not_erased: notErased },
      text: [
        items > 0 ? `${items} items are deleted.` : "Nothing was remembered.",
        "Not erased:",
        ...notErased.map((line) => `  ${line}`),
      ],
    };
  },
};

async function actorsOf(
  store: ActorStore,
  productId: string,
  given: Arguments,
  now: number,
): Promise<readonly Actor[]> {
  const sessionId = given.positional("session");
  const person = given.option("person");
  if ((sessionId === "") === (person === undefined)) throw new UsageError("Give a session, or --person ID");
  return person === undefined
    ? sessionAndPerson(store, { kind: "session", productId, sessionId }, now)
    : personAndSession(store, productId, person, now);
}

async function sessionAndPerson(store: ActorStore, session: SessionActor, now: number): Promise<readonly Actor[]> {
  const state = await readSession(store, session, now);
  const { productId } = session;
  return state?.person ? [session, { kind: "person", productId, identity: state.person.identity }] : [session];
}

/** Under every name that the platform or a session may have given this person. */
async function personAndSession(
  store: ActorStore,
  productId: string,
  name: string,
  now: number,
): Promise<readonly Actor[]> {
  const names = [{ externalId: name }, { contactId: name }, ...(name.includes("@") ? [{ email: name }] : [])];
  const people = names
    .flatMap(identitiesOfContact)
    .map((identity): PersonActor => ({ kind: "person", productId, identity }));
  const states = await Promise.all(people.map((person) => readPerson(store, person, now)));
  const sessionIds = new Set(states.flatMap((state) => state?.session?.sessionId ?? []));
  return [...people, ...[...sessionIds].map((sessionId): SessionActor => ({ kind: "session", productId, sessionId }))];
}
