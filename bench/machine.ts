import { execFileSync } from "node:child_process";
import { arch, cpus, platform, totalmem } from "node:os";

/** Where and of what something was measured. */
export function circumstances() {
  const processors = cpus();
  return {
    date: new Date().toISOString(),
    ...source(),
    machine: {
      cpu: processors[0]?.model ?? "unknown",
      cores: processors.length,
      memoryMb: Math.round(totalmem() / 1_048_576),
      platform: `${platform()} ${arch()}`,
      node: process.version,
    },
  };
}

/** The commit, and whether the tree is that commit's; without Git, nobody knows. */
function source(): { readonly commit: string; readonly changed: boolean } {
  const git = (...args: readonly string[]) =>
    execFileSync("git", [...args], { encoding: "utf8", stdio: "pipe" }).trim();
  try {
    return { commit: git("rev-parse", "HEAD"), changed: git("status", "--porcelain", "--", "lambdas", "lib") !== "" };
  } catch {
    return { commit: "unknown", changed: true };
  }
}
