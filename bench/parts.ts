import type { Part } from "./part.ts";
import { alarms } from "./parts/alarms.ts";
import { arrivals } from "./parts/arrivals.ts";
import { bundles } from "./parts/bundles.ts";
import { domain } from "./parts/domain.ts";
import { evaluation } from "./parts/evaluation.ts";
import { expiry } from "./parts/expiry.ts";
import { idle } from "./parts/idle.ts";
import { language } from "./parts/language.ts";
import { latency } from "./parts/latency.ts";
import { offers } from "./parts/offers.ts";
import { pushes } from "./parts/pushes.ts";
import { requests } from "./parts/requests.ts";
import { throughput } from "./parts/throughput.ts";

/** In the order in which they run. */
export const parts: readonly Part[] = [
  bundles,
  idle,
  domain,
  evaluation,
  arrivals,
  requests,
  offers,
  language,
  pushes,
  latency,
  alarms,
  expiry,
  throughput,
];
