/**
 * Keeps the keyboard's place. When what had the focus goes away (another screen, a button that has done its work), the browser gives the
 * focus to the page as a whole: screen readers begin at the top and arrow keys go nowhere. Then the content takes it.
 */
import { useEffect } from 'react';

/** Listens while the component is there. */
export function useKeptFocus(): void {
  useEffect(() => {
    let held: Element | undefined;
    const remember = ({ target }: FocusEvent): void => void (held = target instanceof Element ? target : undefined);
    const observer = new MutationObserver(() => {
      if (!held || held.isConnected) return;
      held = undefined;
      if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
    });
    document.addEventListener('focusin', remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', remember);
      observer.disconnect();
    };
  }, []);
}
