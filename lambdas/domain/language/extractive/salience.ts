import type { SlimAction } from "../../activity/slim-action.ts";
import { foldCase } from "../../text/fold-case.ts";
import { labelOf, plain } from "./clause.ts";
import { gestureOf } from "./gesture.ts";
import { isTrouble } from "./trouble.ts";

/** Buttons after which something is different: English, German, French, Spanish. */
const consequential =
  /(?<!\p{L})(add|apply|approve|assign|ask|buy|cancel|close|confirm|creat|deactivat|decline|delet|disconnect|download|export|import|invit|install|mov|pay|publish|reject|remov|renam|request|reset|restor|revok|sav|schedul|send|sent|shar|skip|submit|upgrad|upload|ablehn|bestätig|hinzufüg|herunterlad|kündig|lösch|senden|speicher|überspring|annuler|confirmer|envoyer|ignorer|supprimer|télécharger|añadir|cancelar|descargar|eliminar|enviar|guardar|omitir)/iu;

/** What a page or a person put there: something behind a colon, a number. */
const value = /[:：]\s+\S|\d/u;

/**
 * How much an agent learns from an action beyond the names of the pages; 0 or less is not worth a word.
 *
 * @param before what came right before it, if anything
 * @param after what came right after it, if anything
 */
export function salienceOf(action: SlimAction, before: SlimAction | undefined, after: SlimAction | undefined): number {
  const gesture = gestureOf(action);
  const reacts = before && isTrouble(before) ? 1 : 0;
  switch (gesture) {
    case "entry":
      return 3 + reacts;
    case "press":
    case "other": {
      const weighty = consequential.test(`${plain(action.title)} ${plain(action.description)}`) ? 2 : 0;
      const told = value.test(plain(action.description)) ? 1 : 0;
      return 1 + weighty + told + reacts + ledOn(action, after);
    }
    case "page":
      return newsOf(action, before);
    case "error":
      return 1;
    case "glance":
      return 0;
    default:
      return gesture satisfies never;
  }
}

/** The page that it opens says as much, unless it is one of many: `:id` does not say which. */
function ledOn({ canonical_url: from }: SlimAction, after: SlimAction | undefined): number {
  const to = after?.canonical_url ?? from;
  if (to === from) return 0;
  return /\/:\w/.test(to) && !/\/:\w/.test(from) ? 2 : -1;
}

/** What a page says beyond its title, and beyond what was pressed to get there. */
function newsOf(action: SlimAction, before: SlimAction | undefined): number {
  const title = new Set(wordsOf(action.title));
  const news = wordsOf(action.description).filter((word) => !title.has(word));
  const label = labelOf(action);
  const isEcho = before !== undefined && labelOf(before) === label;
  const isNamed = label !== "" && !isEcho && wordsOf(label).some((word) => news.includes(word));
  return (value.test(news.join(" ")) ? 2 : 0) + (isNamed ? 1 : 0);
}

function wordsOf(text: string): readonly string[] {
  return foldCase(plain(text))
    .split(/\s+/)
    .map((word) => word.replace(/["“”„«»,]/gu, ""));
}
