import { expect, it } from "vitest";
import { readCommand } from "../../local/demo/options.ts";

it("without flags the demo is played at port 4000, and goes on serving", () => {
  expect(readCommand([])).toEqual({
    kind: "run",
    options: {
      port: 4000,
      intercomUrl: undefined,
      demo: true,
      speed: 9,
      fault: undefined,
      answers: false,
      exit: false,
      verbose: false,
    },
  });
});

it("flags are read", () => {
  const args = ["--port", "0", "--speed", "2.5", "--fault", "drop-after", "--answers", "--exit", "--verbose"];

  expect(readCommand(args)).toMatchObject({
    kind: "run",
    options: { port: 0, speed: 2.5, fault: "drop-after", answers: true, exit: true, verbose: true },
  });
});

it("another Intercom's address loses its slash, to which paths are appended", () => {
  expect(readCommand(["--intercom-url", "http://127.0.0.1:9/"])).toMatchObject({
    options: { intercomUrl: "http://127.0.0.1:9" },
  });
});

it("help wins", () => {
  expect(readCommand(["--help", "--no-demo"])).toEqual({ kind: "help" });
});

it.each([
  [["--colour"], "Unknown option '--colour'"],
  [["tour"], "Unexpected argument 'tour'"],
  [["--port", "http"], '--port must be a whole number from 0 to 65535, not "http"'],
  [["--port", "70000"], '--port must be a whole number from 0 to 65535, not "70000"'],
  [["--speed", "0"], '--speed must be a number from 1 to 100, not "0"'],
  [["--speed", ""], '--speed must be a number from 1 to 100, not ""'],
  [["--intercom-url", "localhost:80"], '--intercom-url must be an http or https URL, not "localhost:80"'],
  [["--no-demo", "--exit"], "--exit says how the demo is played, and --no-demo says that it is not"],
  [["--fault", "outage", "--intercom-url", "http://x"], "--fault makes the fake Intercom fail, and --intercom-url"],
])("%j is refused, with the reason", (args, problem) => {
  expect(readCommand(args)).toMatchObject({ kind: "wrong", problem: expect.stringContaining(problem) });
});

it("an unknown fault is refused with the names of those that there are", () => {
  const command = readCommand(["--fault", "earthquake"]);

  expect(command).toMatchObject({ kind: "wrong", problem: expect.stringMatching(/"earthquake".*outage.*malformed$/) });
});
