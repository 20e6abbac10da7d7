/** The input of a case, decoded: which keys it has is the vector's promise (see the folder's README of the vectors). */
// biome-ignore lint/suspicious/noExplicitAny: the vectors describe each function's input in words, not in a schema
export type Input = any;

/** How one `fn` of the vectors is run by the shipped code. It maps shapes and nothing else. */
export type Adapter = {
  /** Resolves or returns what the vectors call `expected`, and throws where they say `error`. */
  readonly run: (input: Input) => unknown;
  /**
   * Why a case of this input asks for something that Throughline has no counterpart of; undefined for all others. Such a
   * case is neither passed nor failed.
   *
   * @default every case has one
   */
  readonly withoutCounterpart?: (input: Input) => string | undefined;
  /**
   * Leaves of `expected` and of our result what is compared, where the vectors say that some of it is optional to check,
   * or where a row of what is deliberately different (docs/architecture.md) concerns one part of every case (of this
   * kind of input).
   *
   * @default everything
   */
  readonly contract?: (result: Input, input: Input) => unknown;
};

export type Adapters = Readonly<Record<string, Adapter>>;
