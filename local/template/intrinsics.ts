/** What a template's functions may refer to. Each function throws for a name it does not know. */
export type Scope = {
  /** The value of a pseudo parameter, a parameter, or a resource's `Ref`. Undefined for `AWS::NoValue` only. */
  reference(name: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  condition(name: string): boolean;
};

type Evaluate = (argument: unknown, scope: Scope, path: string) => unknown;

/**
 * Evaluates the CloudFormation functions in a value of a template.
 *
 * @param path where the value stands; every error names it.
 * @throws Error for a function that the local cloud does not know, or whose arguments have the wrong shape.
 */
export function evaluate(value: unknown, scope: Scope, path: string): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => evaluate(item, scope, `${path}[${index}]`)).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0 && (name === "Ref" || name.startsWith("Fn::"))) {
    const intrinsic = intrinsics[name];
    if (!intrinsic) throw new Error(`${path}: the local cloud does not know ${name}`);
    return intrinsic(value[name], scope, `${path}.${name}`);
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, evaluate(item, scope, `${path}.${key}`)] as const)
      .filter(([, item]) => item !== undefined),
  );
}

/** Evaluates a condition of the template's `Conditions` section, or inside `Fn::If`. */
export function evaluateCondition(value: unknown, scope: Scope, path: string): boolean {
  if (isObject(value) && typeof value.Condition === "string") return scope.condition(value.Condition);
  const [name] = isObject(value) ? Object.keys(value) : [];
  const argument = isObject(value) && name !== undefined ? value[name] : undefined;
  const at = `${path}.${name}`;
  const operands = () => list(argument, at).map((item, index) => evaluateCondition(item, scope, `${at}[${index}]`));
  switch (name) {
    case "Fn::Equals": {
      const [left, right] = list(evaluate(argument, scope, at), at);
      return JSON.stringify(left) === JSON.stringify(right);
    }
    case "Fn::And":
      return operands().every(Boolean);
    case "Fn::Or":
      return operands().some(Boolean);
    case "Fn::Not":
      return !operands()[0];
    default:
      throw new Error(`${path}: the local cloud does not know the condition ${name ?? JSON.stringify(value)}`);
  }
}

const intrinsics: Readonly<Record<string, Evaluate>> = {
  Ref: (argument, scope, path) => scope.reference(text(argument, path)),
  "Fn::GetAtt": (argument, scope, path) => {
    const [logicalId, ...attribute] = typeof argument === "string" ? argument.split(".") : list(argument, path);
    return scope.attribute(text(logicalId, path), attribute.map((part) => text(part, path)).join("."));
  },
  "Fn::Sub": (argument, scope, path) => {
    const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
    const values = evaluate(variables, scope, path) as Record<string, unknown>;
    return text(pattern, path).replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in values) return String(values[name]);
      const [logicalId = "", ...attribute] = name.split(".");
      return String(attribute.length > 0 ? scope.attribute(logicalId, attribute.join(".")) : scope.reference(name));
    });
  },
  "Fn::Join": (argument, scope, path) => {
    const [separator, parts] = list(evaluate(argument, scope, path), path);
    return list(parts, path).join(text(separator, path));
  },
  "Fn::Split": (argument, scope, path) => {
    const [separator, whole] = list(evaluate(argument, scope, path), path);
    return text(whole, path).split(text(separator, path));
  },
  "Fn::Select": (argument, scope, path) => {
    const [index, items] = list(evaluate(argument, scope, path), path);
    const item = list(items, path)[Number(index)];
    if (item === undefined) throw new Error(`${path}: there is no item ${index}`);
    return item;
  },
  "Fn::If": (argument, scope, path) => {
    const [condition, yes, no] = list(argument, path);
    return scope.condition(text(condition, path))
      ? evaluate(yes, scope, `${path}[1]`)
      : evaluate(no, scope, `${path}[2]`);
  },
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw new Error(`${path}: expected a list, received ${JSON.stringify(value)}`);
  return value;
}

function text(value: unknown, path: string): string {
  if (typeof value !== "string") throw new Error(`${path}: expected a string, received ${JSON.stringify(value)}`);
  return value;
}
