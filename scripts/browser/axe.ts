/** Accessibility of what a page shows. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** One sentence per violation of WCAG 2.2 A and AA (and axe's best practices for landmarks and names); empty = none. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  return violations.map(({ id, help, nodes }) => `${id} (${help}): ${nodes.slice(0, 4).map((node) => node.target.join(' ')).join(' | ')}`);
}
