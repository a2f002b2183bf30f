import type { Transition } from '#core/project/schema.ts';

const FROM = 'var(--line-strong)';
const TO = 'var(--accent)';

/** A transition half way, as a small drawing. */
export function TransitionPicture({ kind }: { readonly kind: Transition['kind'] }) {
  return <svg aria-hidden viewBox="0 0 32 20" className="h-5 w-8 rounded-sm">{picture(kind)}</svg>;
}

function picture(kind: Transition['kind']) {
  const from = <rect width="32" height="20" fill={FROM} />;
  switch (kind) {
    case 'cut':
      return <>{from}<rect x="16" width="16" height="20" fill={TO} /><rect x="15.5" width="1" height="20" fill="var(--surface)" /></>;
    case 'dissolve':
      return <>{from}<rect width="32" height="20" fill={TO} opacity="0.5" /></>;
    case 'wipeLeft':
      return <>{from}<rect x="14" width="18" height="20" fill={TO} /></>;
    case 'wipeRight':
      return <>{from}<rect width="18" height="20" fill={TO} /></>;
    case 'wipeUp':
      return <>{from}<rect y="9" width="32" height="11" fill={TO} /></>;
    case 'pushLeft':
      return <>{from}<rect x="16" width="16" height="20" fill={TO} /><path d="M22 10h-10m3-3-3 3 3 3" stroke="var(--surface)" strokeWidth="1.5" fill="none" /></>;
    case 'pushUp':
      return <>{from}<rect y="10" width="32" height="10" fill={TO} /><path d="M16 14V6m-3 3 3-3 3 3" stroke="var(--surface)" strokeWidth="1.5" fill="none" /></>;
    case 'zoom':
      return <>{from}<rect x="8" y="5" width="16" height="10" fill={TO} /></>;
  }
}
