import { CfnCondition, CfnParameter, Duration, Fn, RemovalPolicy, Stack } from "aws-cdk-lib";
import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { CfnSubscription, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

/** Where alarms go: a topic, and the e-mail address that the deployment's parameter `NotificationEmail` names. */
export class Notifications extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // CloudWatch cannot publish to a topic that is encrypted with the account's own key for SNS, whose policy nobody can
    // change (CloudWatch user guide, notifying users): such a topic looks right and stays silent.
    const key = new Key(this, "Key", {
      description: "Encrypts the notifications of Throughline's alarms",
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const cloudWatch = new ServicePrincipal("cloudwatch.amazonaws.com");
    key.grant(cloudWatch, "kms:Decrypt", "kms:GenerateDataKey*");
    this.topic = new Topic(this, "Topic", { masterKey: key, enforceSSL: true });
    // A policy of our own replaces the one that lets the whole account publish. Which account's alarms may is said here
    // and not in the key's policy: that AWS passes the account on to KMS is nowhere promised.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
    );

    const email = new CfnParameter(this, "Email", {
      description: "Where alarms are mailed to; empty for nowhere. AWS asks the address for its consent.",
      default: "",
      allowedPattern: "|[^@\\s]+@[^@\\s]+",
      constraintDescription: "must be an e-mail address, or empty",
    });
    email.overrideLogicalId("NotificationEmail");
    const isGiven = new CfnCondition(this, "EmailIsGiven", {
      expression: Fn.conditionNot(Fn.conditionEquals(email.valueAsString, "")),
    });
    const subscription = new CfnSubscription(this, "EmailSubscription", {
      topicArn: this.topic.topicArn,
      protocol: "email",
      endpoint: email.valueAsString,
    });
    subscription.cfnOptions.condition = isGiven;
  }

  /**
   * Notifies of every alarm that was made below `scope` so far, and of its end.
   *
   * @returns these alarms.
   */
  hear(scope: Construct): readonly Alarm[] {
    const action = new SnsAction(this.topic);
    const alarms = scope.node.findAll().filter((construct) => construct instanceof Alarm);
    for (const alarm of alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    return alarms;
  }
}
