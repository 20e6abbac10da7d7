/** The part of a CloudFormation template that the local cloud reads. */
export type Template = {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: unknown }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
};

export type Resource = {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
};

/** A stack as the CDK leaves it on disk. */
export type SynthesizedStack = {
  readonly stackName: string;
  readonly template: Template;
  /** The directory that is zipped and uploaded under this key of the assets bucket. */
  assetDirectory(objectKey: string): string;
  /** Where Node may keep what it compiled of that code, so that only the first cold start compiles it. Default: nowhere. */
  readonly compileCache?: string;
};

/** Where everything pretends to be: the emulators' default region, and an account that nobody has. */
export const region = "us-east-1";
export const accountId = "000000000000";
