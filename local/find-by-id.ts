/**
 * Finds the one thing that a name means: its logical id or name in AWS, or the beginning of its logical id without
 * regard to case and hyphens. `actor-worker` finds `ActorWorkerFunction78EEA13C`.
 *
 * @throws Error listing what there is when nothing, or more than one thing, answers to the name.
 */
export function findById<Thing extends { readonly logicalId: string; readonly name: string }>(
  things: readonly Thing[],
  wanted: string,
): Thing {
  const exact = things.find(({ logicalId, name }) => wanted === logicalId || wanted === name);
  if (exact) return exact;
  const start = wanted.replaceAll("-", "").toLowerCase();
  const [found, ...others] = things.filter(({ logicalId }) => logicalId.toLowerCase().startsWith(start));
  if (found && others.length === 0) return found;
  throw new Error(`${wanted} means none or several of: ${things.map(({ logicalId }) => logicalId).join(", ")}`);
}
