import type { SlimAction } from "../../activity/slim-action.ts";
import { plain } from "./clause.ts";
import { gestureOf, isDoing } from "./gesture.ts";

/** The same message, however often it was met. */
export type Trouble = {
  /** As it was met first. */
  readonly message: SlimAction;
  /** What the user had done right before, each once, in order; empty where nothing was done. */
  readonly attempts: readonly SlimAction[];
  readonly times: number;
};

/** What pages say when something does not work: English, German, French, Spanish. */
const bad = new RegExp(
  [
    "an error|error(?=:| occurred)|went wrong|fail(s|ed|ure)?|denied|refused|rejected|declined|invalid|forbidden|unauthori[sz]ed",
    "not (allowed|found|valid|available|permitted|saved|possible)|no (results?|matches|data|access|permission)|nothing found",
    "could(n't| not)|can('t|not)|unable to|must (be|have|belong)|too (many|large|long)|expired|timed out|unavailable|already (taken|exists)|exists already",
    "fehler|fehlgeschlagen|konnten? nicht|nicht (möglich|gefunden|erlaubt|gültig)|keine (ergebnisse|treffer|berechtigung)|ungültig|abgelehnt|abgelaufen",
    "erreur|échec|échoué|refusée?|introuvable|impossible|aucun résultat|non valide|expirée?",
    "falló|fallado|denegad[oa]|rechazad[oa]|no se (pudo|puede)|sin resultados|no encontrad[oa]|inválid[oa]|caducad[oa]",
  ]
    .map((phrases) => `(?<![\\p{L}\\p{N}])(${phrases})(?![\\p{L}\\p{N}])`)
    .join("|"),
  "iu",
);

/** Where the user did something, only its own words count: labels may be called anything. */
const inVain = /(?<!\p{L})(tried to|failed to|in vain|(is|was|are) (locked|disabled|greyed out))(?!\p{L})/iu;

export function isTrouble(action: SlimAction): boolean {
  const gesture = gestureOf(action);
  if (gesture === "error") return true;
  return (isDoing(action) ? inVain : bad).test(plain(action.description));
}

/** What did not work, in the order in which it was first met. */
export function troublesOf(actions: readonly SlimAction[]): readonly Trouble[] {
  const met = new Map<string, Trouble>();
  let attempt: SlimAction | undefined;
  for (const action of actions) {
    if (isTrouble(action)) {
      const key = textOf(action);
      const { message = action, attempts = [], times = 0 } = met.get(key) ?? {};
      const known = new Set(attempts.map(textOf));
      const tried = attempt && !known.has(textOf(attempt)) ? [...attempts, attempt] : attempts;
      met.set(key, { message, attempts: tried, times: times + 1 });
      attempt = undefined;
    } else if (isDoing(action)) attempt = action;
  }
  return [...met.values()];
}

/** What an action says; actions that say the same are the same step. */
export function textOf({ description, title }: SlimAction): string {
  return plain(description) || plain(title);
}
