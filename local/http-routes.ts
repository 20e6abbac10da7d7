/** A route of an HTTP API. `key` is its route key: `POST /actions/{product_id}`, `ANY /files/{proxy+}`, `$default`. */
export type Route<Target> = { readonly key: string; readonly target: Target };

export type Match<Target> = Route<Target> & { readonly pathParameters: Readonly<Record<string, string>> };

/**
 * Finds the route of a request as API Gateway selects it: a full match before one with parameters, that before a greedy
 * one, `$default` last; a method before ANY (developer guide, "Create routes for HTTP APIs").
 */
export function createRouter<Target>(
  routes: readonly Route<Target>[],
): (method: string, path: string) => Match<Target> | undefined {
  const patterns = routes
    .filter(({ key }) => key !== "$default")
    .map((route) => ({ route, ...parseKey(route.key) }))
    .sort((a, b) => a.rank - b.rank);
  const fallback = routes.find(({ key }) => key === "$default");
  return (method, path) => {
    for (const { route, method: wanted, expression } of patterns) {
      const found = wanted === "ANY" || wanted === method ? expression.exec(path) : null;
      if (found) return { ...route, pathParameters: { ...found.groups } };
    }
    return fallback && { ...fallback, pathParameters: {} };
  };
}

function parseKey(key: string): { method: string; expression: RegExp; rank: number } {
  const [method = "", path = ""] = key.split(" ");
  let rank = method === "ANY" ? 1 : 0;
  const segments = path.split("/").map((segment) => {
    const [, name, greedy] = /^\{(\w+)(\+?)\}$/.exec(segment) ?? [];
    if (name === undefined) return segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    rank += greedy ? 1000 : 10;
    // Nothing behind the slash is a match, too: it is what a path that ends with one is caught by.
    return greedy ? `(?<${name}>.*)` : `(?<${name}>[^/]+)`;
  });
  return { method, expression: new RegExp(`^${segments.join("/")}$`), rank };
}
