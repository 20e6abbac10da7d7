import * as z from "zod";
import { type AwsError, type Backend, errorResponse, jsonResponse } from "../aws-protocol.ts";
import { accountId, region } from "../template/template.ts";

export type ParameterType = "String" | "StringList" | "SecureString";

export type ParameterStore = {
  readonly backend: Backend;
  /** @throws Error where PutParameter would refuse. An existing parameter is overwritten. */
  put(name: string, value: string, type?: ParameterType): void;
};

type Stored = { name: string; value: string; type: ParameterType; version: number; changedAtMs: number };

const name = z.string().regex(/^[a-zA-Z0-9_.\-/]{1,1011}$/);
const decryption = { WithDecryption: z.boolean().default(false) };
/** GetParameters takes at most ten names, GetParametersByPath gives at most ten parameters a page (SSM API reference). */
const atMost = 10;

const inputs = {
  GetParameter: z.object({ Name: name, ...decryption }),
  GetParameters: z.object({ Names: z.array(name).min(1).max(atMost), ...decryption }),
  GetParametersByPath: z.strictObject({
    Path: name.startsWith("/"),
    Recursive: z.boolean().default(false),
    MaxResults: z.int().min(1).max(atMost).default(atMost),
    NextToken: z.string().regex(/^\d+$/).default("0"),
    ...decryption,
  }),
  PutParameter: z.looseObject({
    Name: name,
    Value: z.string().min(1),
    Type: z.enum(["String", "StringList", "SecureString"]).default("String"),
    Overwrite: z.boolean().default(false),
    Tier: z.enum(["Standard", "Advanced", "Intelligent-Tiering"]).default("Standard"),
  }),
  DeleteParameter: z.object({ Name: name }),
};

/** A refusal on its way to the answer. */
class Refused extends Error {
  readonly error: AwsError;
  constructor(error: AwsError) {
    super(error.message ?? error.code);
    this.error = error;
  }
}

/** SSM Parameter Store: what the functions and the command line use of it, with its limits. */
export function createParameterStore(now: () => number = Date.now): ParameterStore {
  const parameters = new Map<string, Stored>();

  function show({ value, ...stored }: Stored, decrypt: boolean) {
    const sealed = stored.type === "SecureString" && !decrypt;
    return {
      Name: stored.name,
      Type: stored.type,
      Value: sealed ? Buffer.from(`sealed:${stored.version}`).toString("base64") : value,
      Version: stored.version,
      LastModifiedDate: stored.changedAtMs / 1000,
      ARN: `arn:aws:ssm:${region}:${accountId}:parameter/${stored.name.replace(/^\//, "")}`,
      DataType: "text",
    };
  }

  function find(wanted: string): Stored {
    const stored = parameters.get(wanted);
    if (!stored) throw new Refused({ code: "ParameterNotFound" });
    return stored;
  }

  const operations = {
    GetParameter(input: z.infer<typeof inputs.GetParameter>) {
      return { Parameter: show(find(input.Name), input.WithDecryption) };
    },
    GetParameters({ Names, WithDecryption }: z.infer<typeof inputs.GetParameters>) {
      const found = Names.flatMap((wanted) => parameters.get(wanted) ?? []);
      return {
        Parameters: found.map((stored) => show(stored, WithDecryption)),
        InvalidParameters: Names.filter((wanted) => !parameters.has(wanted)),
      };
    },
    GetParametersByPath(input: z.infer<typeof inputs.GetParametersByPath>) {
      const folder = input.Path.replace(/\/*$/, "/");
      const inside = [...parameters.values()]
        .filter((stored) => stored.name.startsWith(folder))
        .filter((stored) => input.Recursive || !stored.name.slice(folder.length).includes("/"))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const start = Number(input.NextToken);
      const end = start + input.MaxResults;
      return {
        Parameters: inside.slice(start, end).map((stored) => show(stored, input.WithDecryption)),
        ...(end < inside.length ? { NextToken: String(end) } : {}),
      };
    },
    PutParameter(input: z.infer<typeof inputs.PutParameter>) {
      const before = parameters.get(input.Name);
      if (before && !input.Overwrite) throw new Refused({ code: "ParameterAlreadyExists" });
      const limit = input.Tier === "Standard" ? 4096 : 8192;
      if (Buffer.byteLength(input.Value) > limit) {
        throw new Refused({ code: "ValidationException", message: `Value is longer than ${limit} characters` });
      }
      const version = (before?.version ?? 0) + 1;
      parameters.set(input.Name, {
        name: input.Name,
        value: input.Value,
        type: input.Type,
        version,
        changedAtMs: now(),
      });
      return { Version: version, Tier: input.Tier };
    },
    DeleteParameter(input: z.infer<typeof inputs.DeleteParameter>) {
      parameters.delete(find(input.Name).name);
      return {};
    },
  };

  function run(operation: string, input: unknown): unknown {
    if (!isOperation(operation)) throw new Refused({ code: "UnknownOperationException", message: operation });
    const parsed = inputs[operation].safeParse(input);
    if (!parsed.success) throw new Refused({ code: "ValidationException", message: z.prettifyError(parsed.error) });
    return (operations[operation] as (input: unknown) => unknown)(parsed.data);
  }

  return {
    put: (Name, Value, Type = "String") => void run("PutParameter", { Name, Value, Type, Overwrite: true }),
    async backend({ call }) {
      try {
        return jsonResponse(run(call.operation, call.input));
      } catch (problem) {
        if (problem instanceof Refused) return errorResponse(problem.error);
        throw problem;
      }
    },
  };
}

function isOperation(operation: string): operation is keyof typeof inputs {
  return operation in inputs;
}
