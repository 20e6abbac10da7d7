import { Stack } from "aws-cdk-lib";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { Construct } from "constructs";
import packageJson from "../package.json" with { type: "json" };

export interface DeploymentRecordProps {
  /** For example `/throughline/prod`. */
  readonly parameterPrefix: string;
  /** Where the command line finds things. Keys are read by `cli/deployment.ts`. */
  readonly places: Readonly<Record<string, string>>;
}

/**
 * What was deployed, written down for the command line: one parameter, `/throughline/<stage>/deployment`, so that an
 * operator names a stage and nothing else. It says where things are, and nothing secret.
 */
export class DeploymentRecord extends Construct {
  constructor(scope: Construct, id: string, props: DeploymentRecordProps) {
    super(scope, id);
    new StringParameter(this, "Parameter", {
      parameterName: `${props.parameterPrefix}/deployment`,
      stringValue: Stack.of(this).toJsonString({ version: packageJson.version, ...props.places }),
      description: "Where this deployment has its things; written by each deployment",
    });
  }
}
