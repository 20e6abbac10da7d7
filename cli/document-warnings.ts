import { type Problem, problemAt } from "../lambdas/domain/activity/problem.ts";
import { type Chip, chipOf, tourOf, withRegisteredTours } from "../lambdas/domain/proactive/chips.ts";
import { comparableLabel } from "../lambdas/domain/proactive/match-answer.ts";
import { MOST_OPTIONS } from "../lambdas/domain/proactive/reply-options.ts";
import { tourByTourId } from "../lambdas/domain/proactive/tour-registry.ts";
import { triggerRowSchema } from "../lambdas/domain/proactive/trigger-row.ts";
import type { ConfigurationDocument } from "../lambdas/domain/product/configuration.ts";
import { toTours } from "../lambdas/domain/product/proactive-configuration.ts";

type Path = readonly PropertyKey[];

/** What is allowed in a document, and hardly meant. */
export function documentWarnings(document: ConfigurationDocument): readonly Problem[] {
  return [...messageLists(document).flatMap((list) => chipWarnings(list, document)), ...triggerWarnings(document)];
}

type MessageList = { readonly messages: readonly unknown[]; readonly path: Path };

/** The lists of chips, of the newer form and the older one. */
function messageLists({
  integration_config: { proactive_intercom: configured },
}: ConfigurationDocument): MessageList[] {
  const path = ["integration_config", "proactive_intercom"];
  if (!Array.isArray(configured)) return [{ messages: configured?.messages ?? [], path: [...path, "messages"] }];
  return configured.map(({ messages }, at) => ({ messages, path: [...path, at, "messages"] }));
}

function chipWarnings({ messages, path }: MessageList, document: ConfigurationDocument): readonly Problem[] {
  const chips = messages.map(chipOf);
  return chips.flatMap((chip, at) => {
    const here = [...path, at];
    if (!chip) return [problemAt([...here, "label"], "is blank: the chip is left out")];
    const before = chips.slice(0, at);
    const sameLabel = before.some((other) => other && comparableLabel(other.label) === comparableLabel(chip.label));
    return [
      ...(at >= MOST_OPTIONS ? [problemAt(here, `is never offered: an offer has ${MOST_OPTIONS} chips`)] : []),
      ...(sameLabel
        ? [problemAt([...here, "label"], "is the label of an earlier chip: the user cannot tell them apart")]
        : []),
      ...(before.some((other) => other?.id === chip.id)
        ? [problemAt([...here, "id"], "is the id of an earlier chip")]
        : []),
      ...tourWarnings(chip, here, document),
    ];
  });
}

function tourWarnings(
  given: Chip,
  path: Path,
  { integration_config: integration, proactive }: ConfigurationDocument,
): readonly Problem[] {
  const tours = toTours(integration);
  const [chip = given] = withRegisteredTours([given], tours);
  const tourId = tourOf(chip, proactive.default_tour_id ?? null);
  if (tourId === null) return [];
  const at = [...path, "user_tour_id"];
  if (tourId === "") return [problemAt(at, "is missing, and there is no default tour: none is offered")];
  return tourByTourId(tours, tourId)
    ? []
    : [problemAt(at, "is not in integration_config.tour_registry: the tour has no timings of its own")];
}

function triggerWarnings({
  proactive: { triggers, section_playbook: playbook },
}: ConfigurationDocument): readonly Problem[] {
  const ids = triggers.map((row) => triggerRowSchema.parse(row).id);
  return ids.flatMap((id, at) => {
    const path = ["proactive", "triggers", at, "id"];
    const isNamedBefore = ids.slice(0, at).includes(id);
    const lacksPlaybook = id === "section_playbook_match" && Object.keys(playbook).length === 0;
    return [
      ...(isNamedBefore ? [problemAt(path, "is named by an earlier row, which comes first")] : []),
      ...(lacksPlaybook ? [problemAt(path, "never fires without proactive.section_playbook")] : []),
    ];
  });
}
