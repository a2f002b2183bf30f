/** Words of controls that a reader cannot read: cut off without an ellipsis, or beyond the edge of the window. */
import type { Page } from 'playwright';

/** One line per control; empty = everything can be read. */
export async function clippedWords(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>('button, a[href], h1, h2, h3, label, legend, [role=tab], [role=radio], [role=menuitem], [role=option], [role=status]');
    const isEllipsed = (element: Element): boolean => getComputedStyle(element).textOverflow === 'ellipsis';
    return [...controls].filter((control) => {
      const { width, height, left, right } = control.getBoundingClientRect();
      const text = control.innerText.trim();
      if (text === '' || width < 2 || height < 2 || !control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      if ([control, ...control.querySelectorAll('*')].some(isEllipsed)) return false;
      return control.scrollWidth > control.clientWidth + 2 && getComputedStyle(control).display !== 'inline' || (right > innerWidth + 1 || left < -1) && !control.closest('[data-clip], .overflow-auto, .overflow-x-auto');
    }).map((control) => `${control.tagName.toLowerCase()} "${control.innerText.trim().slice(0, 60)}" needs ${control.scrollWidth} px of ${control.clientWidth}`);
  });
}
