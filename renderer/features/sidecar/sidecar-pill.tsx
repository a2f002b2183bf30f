import { Cpu } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useSidecar, useSidecarNews } from './sidecar-store.ts';
import { toneOf } from './state-dot.tsx';

/** The sidecar in the rail: an icon whose dot says how it is; a click leads to its settings. */
export function SidecarPill() {
  const { sidecar: words } = useStrings();
  const [location] = useLocation();
  useSidecarNews();
  const state = useSidecar(({ status }) => status?.state);
  const isPulling = useSidecar(({ tasks }) => tasks.some((task) => task.state === 'running'));
  const label = state === undefined ? words.name : words.pill(words.state[state]);
  const isCurrent = location === to.settings('sidecar');
  return (
    <Tooltip label={label} side="right">
      <Link href={to.settings('sidecar')} aria-label={label} className={cx('relative flex size-9 items-center justify-center rounded-lg text-muted hover:bg-raised hover:text-text', isCurrent && 'text-text')}>
        <Cpu aria-hidden className="size-[18px]" />
        {state !== undefined && state !== 'absent' && <span aria-hidden className={cx('absolute right-1.5 bottom-1.5 size-2 rounded-full ring-2 ring-surface', toneOf(state), (isPulling || state === 'starting' || state === 'installing') && 'animate-pulse')} />}
      </Link>
    </Tooltip>
  );
}
