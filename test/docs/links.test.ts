import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { anchorsOf } from "../support/anchors.ts";

const documents = ["README.md", "CONTRIBUTING.md"]
  .filter((name) => existsSync(name))
  .concat(
    readdirSync("docs", { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) => join("docs", name)),
  );

/** Where a link of a document leads nowhere, or to no heading. */
function broken(document: string): readonly string[] {
  const links = [...readFileSync(document, "utf8").matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)];
  return links.flatMap(([, link = ""]) => {
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? document : join(dirname(document), path);
    if (!existsSync(target)) return [link];
    if (anchor === undefined || statSync(target).isDirectory()) return [];
    return anchorsOf(target).includes(anchor) ? [] : [link];
  });
}

describe("every link within the documents", () => {
  it("of which there are some", () => {
    expect(documents).toEqual(expect.arrayContaining([join("docs", "deploy.md"), join("docs", "operator-runbook.md")]));
  });

  it.each(documents)("of %s leads to a file, and to a heading if it names one", (document) => {
    expect(broken(document)).toEqual([]);
  });
});
