import { expect, it } from "vitest";
import { startHelpCenter } from "../../local/demo/help-center.ts";

it("finds first what shares most words with the question, and nothing that shares none", async () => {
  const { url, close } = await startHelpCenter();
  const search = async (query: string) => {
    const response = await fetch(url, { method: "POST", body: JSON.stringify({ query }) });
    const { records } = (await response.json()) as { records: readonly { title: string }[] };
    return records.map(({ title }) => title);
  };

  try {
    expect((await search("I have sent that request now. How long does it take?"))[0]).toBe("How long requests take");
    expect((await search("How do I get the right to export?"))[0]).toBe("The right to export");
    expect(await search("Hm?")).toEqual([]);
  } finally {
    await close();
  }
});
