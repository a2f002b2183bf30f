import { cx } from '../../ui/cx.ts';
import type { SidecarStatus } from './sidecar-store.ts';

const TONES: Readonly<Record<SidecarStatus['state'], string>> = {
  absent: 'bg-line-strong', stopped: 'bg-line-strong', installing: 'bg-warning', starting: 'bg-warning', stopping: 'bg-warning', running: 'bg-success', external: 'bg-success', busy: 'bg-accent', failed: 'bg-danger',
};

/** The colour of a state. */
export function toneOf(state: SidecarStatus['state']): string {
  return TONES[state];
}

/** A dot in the colour of a state; the word stands beside it. */
export function StateDot({ state }: { readonly state: SidecarStatus['state'] }) {
  return <span aria-hidden className={cx('block size-2.5 shrink-0 rounded-full', TONES[state], (state === 'starting' || state === 'installing' || state === 'stopping') && 'animate-pulse')} />;
}
