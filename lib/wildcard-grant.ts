import { Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, type PolicyStatementProps } from "aws-cdk-lib/aws-iam";
import type { Function as LambdaFunction } from "aws-cdk-lib/aws-lambda";

export interface WildcardGrantProps extends PolicyStatementProps {
  readonly actions: string[];
  readonly resources: string[];
  /** Why the star is needed and what bounds it. */
  readonly reason: string;
}

/**
 * Grants a function something in whose resources a star cannot be avoided. Exactly these resources are acknowledged
 * towards cdk-nag; any other wildcard of the function stays an error.
 */
export function grantWithWildcard(grantee: LambdaFunction, { reason, ...statement }: WildcardGrantProps): void {
  grantee.addToRolePolicy(new PolicyStatement(statement));
  for (const resource of statement.resources) {
    Validations.of(grantee.role ?? grantee).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${asNagWritesIt(Stack.of(grantee).resolve(resource))}]`,
      reason,
    });
  }
}

type Resolved = string | { readonly Ref: string } | { readonly "Fn::Join": readonly [string, readonly Resolved[]] };

/** cdk-nag names a finding by its resource with references in angle brackets: `arn:<AWS::Partition>:…`. */
function asNagWritesIt(resolved: Resolved): string {
  if (typeof resolved === "string") return resolved;
  if ("Ref" in resolved) return `<${resolved.Ref}>`;
  const [separator, parts] = resolved["Fn::Join"];
  return parts.map(asNagWritesIt).join(separator);
}
