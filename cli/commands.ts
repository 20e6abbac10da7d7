import type { Command } from "./command.ts";
import { dlqList } from "./commands/dlq-list.ts";
import { dlqRedrive } from "./commands/dlq-redrive.ts";
import { dlqShow } from "./commands/dlq-show.ts";
import { doctor } from "./commands/doctor.ts";
import { operatorKey } from "./commands/operator-key.ts";
import { productAdd } from "./commands/product-add.ts";
import { productCheck } from "./commands/product-check.ts";
import { productList } from "./commands/product-list.ts";
import { productRemove } from "./commands/product-remove.ts";
import { productRotateSecret } from "./commands/product-rotate-secret.ts";
import { productSetConfig } from "./commands/product-set-config.ts";
import { productShow } from "./commands/product-show.ts";
import { sessionErase } from "./commands/session-erase.ts";
import { sessionShow } from "./commands/session-show.ts";

/** Every command, in the order in which the help lists them. */
export const commands: readonly Command[] = [
  productAdd,
  productList,
  productShow,
  productCheck,
  productSetConfig,
  productRotateSecret,
  productRemove,
  doctor,
  sessionShow,
  sessionErase,
  dlqList,
  dlqShow,
  dlqRedrive,
  operatorKey,
];
