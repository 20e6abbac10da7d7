import { chatbots } from "./chatbots.ts";
import { operating } from "./operating.ts";
import { type Operation, routeOf } from "./operation.ts";
import { pages } from "./pages.ts";
import { receiving } from "./receiving.ts";
import { sources } from "./sources.ts";
import { streams } from "./streams.ts";

/** The whole HTTP surface. */
export const operations: readonly Operation[] = [
  ...receiving,
  ...sources,
  ...pages,
  ...streams,
  ...chatbots,
  ...operating,
];

/** @throws RangeError for a route that is not described */
export function operationOf(route: string): Operation {
  const found = operations.find((operation) => routeOf(operation) === route);
  if (!found) throw new RangeError(`${route} is not described`);
  return found;
}
