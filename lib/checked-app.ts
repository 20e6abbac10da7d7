import { App, type AppProps, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import cdkJson from "../cdk.json" with { type: "json" };

/**
 * A CDK app whose synthesis fails on whatever cdk-nag's AWS Solutions rules or the bundled CloudFormation validator
 * object to, and that behaves alike under `cdk` and plain `node`: only the former reads the context of `cdk.json`.
 */
export function checkedApp(props: AppProps = {}): App {
  const app = new App({
    analyticsReporting: false,
    ...props,
    context: { ...cdkJson.context, ...props.context },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
