import type { Page } from "playwright-core";

/** Of text against what lies behind it, for people who see little (WCAG 2.2, 1.4.3). */
const LEAST_RATIO = 4.5;

/** Texts of a page that are too faint, each with its ratio. Colours are opaque, or not there at all. */
export function faintTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`(() => {
    const channels = (color) => color.match(/[\\d.]+/g).map(Number);
    const luminance = (color) => {
      const [r, g, b] = channels(color).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const color = getComputedStyle(at).backgroundColor;
        if (channels(color)[3] !== 0) return color;
      }
      return "rgb(255, 255, 255)";
    };
    const ratio = (element) => {
      const lights = [getComputedStyle(element).color, behind(element)].map(luminance).sort((a, b) => b - a);
      return (lights[0] + 0.05) / (lights[1] + 0.05);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const faint = [];
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      const element = walker.currentNode.parentElement;
      if (text === "" || !element.checkVisibility() || element.closest("script")) continue;
      const found = ratio(element);
      if (found < ${LEAST_RATIO}) faint.push(text + ": " + found.toFixed(2));
    }
    return faint;
  })()`);
}
