import { byId } from "./elements.js";
import { tell, tick } from "./guide.js";
import { openPage } from "./product.js";

/** Where each step leads, and to what it points. */
const steps = [
  {
    path: "/reports/1",
    at: "[data-tour=export]",
    text: "A report is exported here, by owners and billing admins.",
  },
  { path: "/settings", at: "#role", text: "This is your role. An owner may change it." },
  {
    path: "/settings",
    at: "#role",
    text: "Ask an owner for the role of a billing admin: they have seven days to decide.",
  },
];

/** Shows the tour in the product, and reports how it goes on. @param {string} flow */
export function startTour(flow) {
  const dialog = byId("tour");
  let step = 0;
  /** @type {import("../../../browser/throughline.d.ts").TourProgress} */
  let end = "dismissed";

  function show() {
    const { path, at, text } = /** @type {typeof steps[number]} */ (steps[step]);
    if (location.pathname !== path) openPage(path);
    byId("tour-name").textContent = `Tour “${flow}”`;
    byId("tour-text").textContent = text;
    byId("tour-step").textContent = `Step ${step + 1} of ${steps.length}`;
    byId("tour-next").textContent = step + 1 < steps.length ? "Next" : "Done";
    // What it says takes room from the product: only now is known what is in sight.
    point(at);
  }

  /** @param {KeyboardEvent} event */
  const onKey = ({ key }) => key === "Escape" && dialog.close();

  byId("tour-next").onclick = () => {
    step += 1;
    if (step === steps.length) {
      end = "completed";
      dialog.close();
      return;
    }
    throughline.tour("step", { step: step + 1 });
    show();
  };
  byId("tour-close").onclick = () => dialog.close();
  dialog.onclose = () => {
    removeEventListener("keydown", onKey);
    point(undefined);
    throughline.tour(end);
    tell(
      end === "completed" ? "Acme: you have seen the whole tour, and Throughline knows." : "Acme: the tour is closed.",
    );
  };
  if (!dialog.open) dialog.show();
  show();
  addEventListener("keydown", onKey);
  byId("tour-next").focus({ preventScroll: true });
  byId("product").scrollIntoView({ block: "nearest" });
  tell(`Acme: the tour “${flow}” has started.`);
  tick("toured");
}

/** @param {string | undefined} at */
function point(at) {
  for (const pointed of document.querySelectorAll(".pointed")) pointed.classList.remove("pointed");
  const target = at === undefined ? undefined : byId("screen").querySelector(at);
  target?.classList.add("pointed");
  target?.scrollIntoView({ block: "nearest" });
}
