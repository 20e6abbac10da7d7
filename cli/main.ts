#!/usr/bin/env node
import { commands } from "./commands.ts";
import { runCommandLine } from "./run.ts";

process.exitCode = await runCommandLine(commands, process.argv.slice(2));
