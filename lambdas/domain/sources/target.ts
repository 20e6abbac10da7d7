import type { PageElement, RawEvent } from "./raw-event.ts";

/** What the user acted upon, in the words of a sentence. Nothing is masked yet. */
export type Target = {
  /** `button`, `link`, `field` …; empty for what is no control. */
  readonly kind: string;
  /** What the page calls it; empty where it has no name. */
  readonly name: string;
  /** Whether the user writes into it: nothing of its content is ever taken. */
  readonly writable: boolean;
};

const kindsByRole: Readonly<Record<string, string>> = {
  button: "button",
  link: "link",
  tab: "tab",
  menuitem: "menu item",
  menuitemcheckbox: "menu item",
  menuitemradio: "menu item",
  option: "option",
  checkbox: "checkbox",
  radio: "option",
  switch: "switch",
  slider: "slider",
  treeitem: "entry",
  textbox: "field",
  searchbox: "field",
  combobox: "list",
  listbox: "list",
  spinbutton: "field",
};

const kindsByTag: Readonly<Record<string, string>> = {
  button: "button",
  a: "link",
  input: "field",
  textarea: "field",
  select: "list",
  option: "option",
  form: "form",
  summary: "section",
  img: "image",
};

const kindsByInput: Readonly<Record<string, string>> = {
  button: "button",
  submit: "button",
  reset: "button",
  image: "button",
  checkbox: "checkbox",
  radio: "option",
  file: "file field",
  range: "slider",
  password: "field",
};

/** What users write into, or choose from: customers and places are chosen from lists, too. */
const writableRoles = new Set(["textbox", "searchbox", "combobox", "spinbutton", "listbox", "option"]);

/** Whose label the page has written: no user can. */
const labelledInputs = new Set(["button", "submit", "reset"]);

/** What a control is made of: a click on it is a click on the control around it. */
const partsOfControls = new Set([
  "",
  "span",
  "svg",
  "path",
  "g",
  "use",
  "i",
  "b",
  "em",
  "strong",
  "small",
  "img",
  "div",
]);

/** How far up a control may stand around what was clicked. */
const REACH = 5;

/** What was acted upon; null where the event names nothing. */
export function targetOf({ elements, label, gesture }: RawEvent): Target | null {
  const [acted] = elements;
  // What changes is what a user writes or chooses: its label may be that.
  if (!acted) return label && gesture !== "change" ? { kind: "", name: label, writable: false } : null;
  // Whatever stands in a field is the user's: a paragraph of an editor, a name in it, what a list shows as chosen.
  const field = elements.find(isWritable);
  const control = field ?? controlOf(acted, elements);
  const kind = kindOf(control);
  const writable = field !== undefined || gesture === "change";
  if (writable || kind === "form") return { kind, name: nameOfField(control), writable };
  // What was acted upon has the first word; the control around an icon speaks for it.
  const name =
    nameOf(acted) || label || (control === acted ? "" : nameOf(control)) || codeName(acted) || codeName(control);
  return kind || name ? { kind, name, writable } : null;
}

function controlOf(acted: PageElement, elements: readonly PageElement[]): PageElement {
  if (kindOf(acted) && acted.tag !== "img") return acted;
  if (!partsOfControls.has(acted.tag)) return acted;
  const around = elements.slice(1, 1 + REACH);
  // Beyond a link or a button stands the page: a form around a picture was not clicked.
  return around.find((element) => ["button", "link", "tab", "menu item", "option"].includes(kindOf(element))) ?? acted;
}

function kindOf({ tag, attributes }: PageElement): string {
  const role = rolesOf(attributes).find((name) => Object.hasOwn(kindsByRole, name));
  if (role !== undefined) return kindsByRole[role] ?? "";
  if (tag === "input") return kindsByInput[inputType(attributes)] ?? "field";
  if (isEditable(attributes)) return "field";
  return Object.hasOwn(kindsByTag, tag) ? (kindsByTag[tag] ?? "") : "";
}

function isWritable(element: PageElement): boolean {
  const { tag, attributes } = element;
  if (isEditable(attributes) || ["textarea", "select", "option"].includes(tag)) return true;
  if (tag === "input") return !labelledInputs.has(inputType(attributes));
  return rolesOf(attributes).some((role) => writableRoles.has(role));
}

/** WAI-ARIA: tokens, of which the first that is known counts. */
function rolesOf({ role = "" }: PageElement["attributes"]): readonly string[] {
  return role.toLowerCase().split(/\s+/);
}

function isEditable({ contenteditable }: PageElement["attributes"]): boolean {
  return contenteditable !== undefined && contenteditable.toLowerCase() !== "false";
}

const inputType = ({ type = "" }: PageElement["attributes"]): string => type.trim().toLowerCase();

/** What users read on it, or hear. */
function nameOf({ tag, text, attributes }: PageElement): string {
  const own = tag === "input" ? (attributes.value ?? "") : text;
  return first(own, attributes["aria-label"], attributes.title, attributes.alt);
}

/** Of a field, or a form of fields. Never its text and never its value: what stands in it is the user's. */
function nameOfField({ attributes }: PageElement): string {
  return (
    first(attributes["aria-label"], attributes.title, attributes.placeholder) ||
    first(attributes.name, attributes.id, attributes["data-attr"]).replaceAll(/[-_.[\]]+/g, " ")
  );
}

/** What developers call it. */
function codeName({ attributes }: PageElement): string {
  return first(attributes["data-attr"], attributes["data-testid"], attributes.id).replaceAll(/[-_.:]+/g, " ");
}

function first(...names: readonly (string | undefined)[]): string {
  return names.find((name) => name?.trim())?.trim() ?? "";
}
