import { describe } from "vitest";
import { createMemoryActorStore } from "../support/memory/actor-store.ts";
import { createMemoryAnswerClaims } from "../support/memory/answer-claims.ts";
import { createMemoryOfferGuards } from "../support/memory/offer-guards.ts";
import { createMemoryProductFeed } from "../support/memory/product-feed.ts";
import { createMemoryProductGuards } from "../support/memory/product-guards.ts";
import { actorStoreContract } from "./suites/actor-store.ts";
import { answerClaimsContract } from "./suites/answer-claims.ts";
import { offerGuardsContract } from "./suites/offer-guards.ts";
import { productFeedContract } from "./suites/product-feed.ts";
import { guardsContract } from "./suites/product-guards.ts";

describe("the store in memory", () => {
  actorStoreContract(async () => {
    const store = createMemoryActorStore();
    return { store, deleteItem: async (actor) => store.deleteItem(actor) };
  });
});

describe("the guards in memory", () => {
  guardsContract(createMemoryProductGuards);
});

describe("the guards of offers in memory", () => {
  offerGuardsContract(createMemoryOfferGuards);
});

describe("the claims to messages in memory", () => {
  answerClaimsContract(createMemoryAnswerClaims);
});

describe("the feeds of products in memory", () => {
  productFeedContract(createMemoryProductFeed);
});
