import { startFakeModel } from "../fake-model/server.ts";

/** What the product of the story explains to its users. */
const articles = [
  {
    title: "Who may export",
    content:
      "Reports are exported as CSV or PDF by owners and billing admins. Share a report with one of them, and they can export it for you.",
  },
  {
    title: "The right to export",
    content:
      "An owner gives you the right to export: under Settings, Roles, unfold your role and request a change. The owner is told by e-mail.",
  },
  {
    title: "How long requests take",
    content:
      "An owner has seven days to decide on a request. Until then it waits, and you are told by e-mail how it ended.",
  },
];

export type HelpCenter = { readonly url: string; close(): Promise<void> };

/** Starts the knowledge base of the story's product: what shares most words with a question comes first. */
export async function startHelpCenter(): Promise<HelpCenter> {
  const { url, setExcerpts, close } = await startFakeModel();
  setExcerpts(({ query }) => {
    const asked = wordsOf(query);
    const shared = ({ title, content }: (typeof articles)[number]) =>
      wordsOf(`${title} ${content}`).intersection(asked).size;
    return articles.filter((article) => shared(article) > 0).sort((one, other) => shared(other) - shared(one));
  });
  return { url: `${url}/knowledge`, close };
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[a-z]{4,}/g));
