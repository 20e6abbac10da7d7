import { element } from "./elements.js";

const projects = ["Harbour & Sons", "Northwind move", "Winter campaign"];
const reports = ["Time by project", "Invoices", "Team load"];

/** @param {string} path @param {readonly string[]} names */
const nameAt = (path, names) => names[Number(path.split("/")[2]) - 1] ?? "Unknown";

/** @param {string} base @param {readonly string[]} names */
const linksTo = (base, names) =>
  element(
    "ul",
    { class: "list" },
    ...names.map((name, at) => element("li", {}, element("a", { href: `${base}/${at + 1}` }, name))),
  );

/**
 * @param {string} label
 * @param {(said: HTMLElement) => void} act
 * @returns {[HTMLElement, HTMLElement]} a button, and what it says
 */
function actions(label, act) {
  const said = element("p", { role: "status" });
  const button = element("button", { type: "button" }, label);
  button.addEventListener("click", () => act(said));
  return [button, said];
}

const refused = "Exports are limited to owners and billing admins.";

/** @param {string} caption @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
function table(caption, head, rows) {
  return element(
    "table",
    {},
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map((text) => element("td", {}, text))))),
  );
}

function report() {
  const [csv, refusal] = actions("Export CSV", (said) => {
    said.textContent = refused;
  });
  csv.dataset.tour = "export";
  const [share, shared] = actions("Share", (said) => {
    said.textContent = "Shared with your team.";
  });
  return [
    table(
      "Hours, this week",
      ["Project", "Hours"],
      [
        ["Harbour & Sons", "31.5"],
        ["Northwind move", "12.0"],
        ["Winter campaign", "6.5"],
      ],
    ),
    element("div", { class: "buttons" }, csv, share),
    refusal,
    shared,
    element("a", { href: "/reports" }, "All reports"),
  ];
}

function settings() {
  const saved = element("p", { role: "status" });
  const form = element(
    "form",
    { class: "fields", name: "settings", "aria-label": "Settings" },
    element("label", { for: "company" }, "Company name"),
    element("input", { id: "company", name: "company", autocomplete: "off" }),
    element("label", { for: "password" }, "New password"),
    element("input", { id: "password", name: "password", type: "password", autocomplete: "new-password" }),
    element("label", { for: "role" }, "Role"),
    element(
      "select",
      { id: "role", name: "role" },
      ...["Member", "Billing admin", "Owner"].map((role) => element("option", {}, role)),
    ),
    element(
      "div",
      { class: "check" },
      element("input", { id: "news", name: "news", type: "checkbox" }),
      element("label", { for: "news" }, "Send me news"),
    ),
    element("button", {}, "Save settings"),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    saved.textContent = "Saved.";
  });
  return [
    element("p", { class: "hint" }, "Nothing that you type here leaves the page, the password least of all."),
    form,
    saved,
  ];
}

function billing() {
  const compared = table(
    "Plans",
    ["Plan", "A month", "Exports"],
    [
      ["Team", "$12", "none"],
      ["Business", "$29", "CSV"],
      ["Enterprise", "ask us", "CSV, PDF"],
    ],
  );
  compared.hidden = true;
  const [compare] = actions("Compare plans", () => {
    compared.hidden = !compared.hidden;
  });
  const [upgrade, said] = actions("Upgrade", (answer) => {
    answer.textContent = "Only an owner may change the plan.";
  });
  return [
    element("p", {}, "You are on the Team plan, with 4 members."),
    element("div", { class: "buttons" }, compare, upgrade),
    said,
    compared,
    element("a", { href: "/reports" }, "Back to reports"),
  ];
}

/**
 * Acme's pages, by their paths.
 *
 * @type {{ pattern: RegExp, open: (path: string) => { title: string, content: () => (Node | string)[] } }[]}
 */
export const screens = [
  {
    pattern: /^\/(projects)?$/,
    open: () => ({ title: "Projects", content: () => [linksTo("/projects", projects)] }),
  },
  {
    pattern: /^\/projects\/\d+$/,
    open: (path) => ({
      title: nameAt(path, projects),
      content: () => [
        element("p", {}, "3 members, 12 open tasks."),
        element(
          "div",
          { class: "buttons" },
          ...actions("New task", (said) => {
            said.textContent = "Created.";
          }),
        ),
        element("a", { href: "/reports/1" }, "Time report"),
      ],
    }),
  },
  { pattern: /^\/reports$/, open: () => ({ title: "Reports", content: () => [linksTo("/reports", reports)] }) },
  { pattern: /^\/reports\/\d+$/, open: (path) => ({ title: nameAt(path, reports), content: report }) },
  { pattern: /^\/billing/, open: () => ({ title: "Billing", content: billing }) },
  { pattern: /^\/settings$/, open: () => ({ title: "Settings", content: settings }) },
];
