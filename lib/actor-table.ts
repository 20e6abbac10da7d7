import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

/** The actors' memory: items, rows of activity, notes and summaries, claims of messages, product guards. */
export class ActorTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "expiresAt",
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // The key that AWS owns: encrypted at rest without a charge for each request.
      encryption: TableEncryption.DEFAULT,
      // Kept, but for a first deployment that fails: its empty table would be in nobody's hands.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
  }

  /** What it takes to read a session and its log. */
  grantRead(grantee: IGrantable): void {
    this.table.grant(grantee, "dynamodb:GetItem", "dynamodb:Query");
  }

  /** What it takes to read a session's state, and not its log. */
  grantReadState(grantee: IGrantable): void {
    this.table.grant(grantee, "dynamodb:GetItem");
  }

  /** What it takes to read the log of a session that is named, and not its state. */
  grantReadLog(grantee: IGrantable): void {
    this.table.grant(grantee, "dynamodb:Query");
  }

  /** Claim messages to answer them: claims have partitions of their own, and nothing else can be written by this. */
  grantClaim(grantee: IGrantable): void {
    this.grantWithin(grantee, "C#*", ["dynamodb:PutItem"]);
  }

  /** Heed the pauses of products, and begin them: guards have partitions of their own, too. */
  grantPause(grantee: IGrantable): void {
    this.grantWithin(grantee, "G#*", ["dynamodb:GetItem", "dynamodb:PutItem"]);
  }

  /** Listen to whole products: their feeds have partitions of their own, too. What is in them can be read by whoever reads the table. */
  grantListen(grantee: IGrantable): void {
    this.grantWithin(grantee, "F#*", ["dynamodb:PutItem", "dynamodb:UpdateItem"]);
  }

  /** What a turn does with the table. No scan, no delete: rows leave by their time to live. */
  grantTurn(grantee: IGrantable): void {
    this.table.grant(grantee, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:Query");
  }

  private grantWithin(grantee: IGrantable, partitions: string, actions: string[]): void {
    Grant.addToPrincipal({
      grantee,
      actions,
      resourceArns: [this.table.tableArn],
      conditions: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [partitions] } },
    });
  }
}
