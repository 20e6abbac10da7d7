/** One way to break the shipped code. */
export type Mutation = {
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** The promise that it breaks. */
  readonly breaks: string;
};

/**
 * The file's text with the mutation in it.
 *
 * @throws when the place is not there, or is not the only one: the code has moved on, and the mutation has to follow
 */
export function mutated(text: string, { name, file, find, replace }: Mutation): string {
  const places = text.split(find).length - 1;
  if (places !== 1) throw new Error(`Mutation "${name}" finds its place ${places} times in ${file}`);
  return text.replace(find, () => replace);
}
