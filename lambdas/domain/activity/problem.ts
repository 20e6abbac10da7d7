/** What is wrong with a body, and where. It never quotes a value: the answer to a stranger tells nothing back. */
export type Problem = {
  /** As one would write it in code, `[2].actions[0].title`; `body` for the whole. */
  readonly path: string;
  readonly reason: string;
};

export function problemAt(path: readonly PropertyKey[], reason: string): Problem {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`)).join("");
  return { path: text.replace(/^\./, "") || "body", reason };
}
