import { languageMutations } from "./language-mutations.ts";
import type { Mutation } from "./mutation.ts";
import { offerMutations } from "./offer-mutations.ts";
import { outsideMutations } from "./outside-mutations.ts";
import { storeMutations } from "./store-mutations.ts";
import { turnMutations } from "./turn-mutations.ts";
import { worldMutations } from "./world-mutations.ts";

/** Every one of them has to be noticed by some seed. */
export const mutations: readonly Mutation[] = [
  ...turnMutations,
  ...storeMutations,
  ...worldMutations,
  ...offerMutations,
  ...languageMutations,
  ...outsideMutations,
];
