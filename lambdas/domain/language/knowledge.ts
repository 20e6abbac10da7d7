/** An excerpt of a knowledge base. Plain text; written by the product's team, and data all the same. */
export type KnowledgeRecord = { readonly title: string | null; readonly content: string };
