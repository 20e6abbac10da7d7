import { generateScenario } from "./generate/scenario.ts";
import { play } from "./play.ts";
const start = Number(process.argv[2] ?? 1), n = Number(process.argv[3] ?? 100), traced = process.argv[4]==="t";
const t0 = performance.now();
const missing = new Map<string, number>(); let acc=0, noted=0; const reached = new Map<string,number>(); const bad = new Map<string,number[]>();
for (let seed = start; seed < start + n; seed++) {
  const p = await play(generateScenario(seed), { traced });
  if (traced) console.log(p.trace.join("\n"));
  acc += p.accepted; noted += p.noted;
  for (const [k,v] of p.missing) missing.set(k,(missing.get(k)??0)+v);
  for (const r of p.reached) reached.set(r,(reached.get(r)??0)+1);
  if (p.broken) { console.log(seed, p.broken); bad.set(p.broken.invariant,[...(bad.get(p.broken.invariant)??[]),seed]); }
}
console.log({acc,noted,missing,bad, ms: performance.now()-t0});
if (process.argv[4]==="c") console.log([...reached].sort().map(([k,v])=>k+" "+v).join("\n"));
