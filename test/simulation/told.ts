/** The mark by which a text of the language model names the request that it answers. */
export const toldBy = (number: number): string => `(told ${number})`;

/** The requests that a text answers: mostly one, or none where no model wrote it. */
export function toldIn(text: string): readonly number[] {
  return [...text.matchAll(/\(told (\d+)\)/g)].map(([, number]) => Number(number));
}
