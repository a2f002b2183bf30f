/** Where the keyboard is, as somebody sees it who looks at the page. */
import type { Page } from 'playwright';

/** What is wrong with the place of the focus, or null: it must stand on something that is in the window and shows it. */
export async function focusProblem(page: Page): Promise<string | null> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return 'nothing has the focus';
    const name = `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 60)}"`;
    if (element.id === 'main') return null; // the whole content; a ring round everything would tell nothing
    const { width, height, left, top, right, bottom } = element.getBoundingClientRect();
    if (width < 4 && height < 4) return `${name} has the focus and is not drawn`;
    if (right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight) return `${name} has the focus outside the window`;
    const hasRing = (candidate: Element): boolean => {
      const style = getComputedStyle(candidate);
      return (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1) || /0px 0px 0px [1-9]/.test(style.boxShadow);
    };
    const near = [element, element.parentElement, element.parentElement?.parentElement, element.previousElementSibling, ...element.querySelectorAll('*')];
    return near.some((candidate) => candidate && hasRing(candidate)) ? null : `${name} does not show that it has the focus`;
  });
}
