/** Accessibility of what a page shows. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

const POPUP = '[data-radix-popper-content-wrapper]:has([role=menu], [role=listbox])';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * One sentence per violation of WCAG 2.2 A and AA (and axe's best practices for landmarks and names); empty = none. While a menu or a list
 * of choices is open it alone is looked at: the page behind it is out of reach, and ARIA wants no landmark round a popup (`region` does).
 */
export async function axeViolations(page: Page): Promise<string[]> {
  const builder = new AxeBuilder({ page }).withTags(TAGS);
  const hasPopup = (await page.locator(POPUP).count()) > 0;
  const { violations } = await (hasPopup ? builder.include(POPUP).disableRules(['region']) : builder).analyze();
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 4).map((node) => node.target.join(' ')).join(' | ')}`);
}
