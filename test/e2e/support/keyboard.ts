import type { Page } from "playwright-core";

/** What has the focus: its label or its text, and whether a reader sees that it has it. */
export type Focused = { readonly name: string; readonly isOutlined: boolean };

export function focused(page: Page): Promise<Focused> {
  return page.evaluate<Focused>(`(() => {
    const at = document.activeElement;
    return {
      name: at.labels?.[0]?.textContent || at.getAttribute("aria-label") || at.textContent.trim(),
      isOutlined: getComputedStyle(at).outlineStyle !== "none",
    };
  })()`);
}

/** Goes on to what is next. */
export async function tab(page: Page): Promise<Focused> {
  await page.keyboard.press("Tab");
  return focused(page);
}

/** More than any page here has stops. */
const mostStops = 40;

/** Goes on until something of this name has the focus, and presses a key there. @throws Error when nothing has it */
export async function press(page: Page, name: string, key: "Enter" | "Space" = "Enter"): Promise<void> {
  for (let stop = 0; stop < mostStops; stop += 1) {
    if ((await tab(page)).name === name) return page.keyboard.press(key);
  }
  throw new Error(`Nothing called ${name} gets the focus`);
}
