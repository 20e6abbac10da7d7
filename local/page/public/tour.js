import { byId } from "./elements.js";
import { tick } from "./steps.js";

const steps = [
  "A report is exported on its own page, by owners and billing admins.",
  "Under Settings you see your role. An owner may change it.",
  "Ask an owner for the role of a billing admin: they have seven days to decide.",
];

/** Shows the tour on top of the page, and reports how it goes on. @param {string} flow */
export function startTour(flow) {
  const dialog = byId("tour");
  let step = 0;
  /** @type {import("../../../browser/throughline.d.ts").TourProgress} */
  let end = "dismissed";

  function show() {
    byId("tour-name").textContent = `Tour “${flow}”`;
    byId("tour-text").textContent = steps[step] ?? "";
    byId("tour-step").textContent = `Step ${step + 1} of ${steps.length}`;
    byId("tour-next").textContent = step + 1 < steps.length ? "Next" : "Done";
  }

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
  dialog.onclose = () => throughline.tour(end);
  show();
  dialog.showModal();
  tick("toured");
}
