declare module "dynalite" {
  import type { Server } from "node:http";

  /** Latencies in milliseconds of what takes seconds in AWS. */
  const dynalite: (options: { createTableMs: number; deleteTableMs: number; updateTableMs: number }) => Server;
  // biome-ignore lint/style/noDefaultExport: the package is a CommonJS module that exports one function
  export default dynalite;
}
