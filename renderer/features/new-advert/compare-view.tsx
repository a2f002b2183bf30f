import { MoveHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';

/** What the cut-out is judged on. */
export type Ground = 'checker' | 'light' | 'dark' | 'brand';

/** Middle greys in both themes: light and dark edges show on them alike. */
const CHECKER = 'repeating-conic-gradient(#6c6e73 0 25%, #5b5d62 0 50%) 0 0 / 20px 20px';
const FLAT: Readonly<Record<Exclude<Ground, 'brand' | 'checker'>, string>> = { light: '#ffffff', dark: '#101113' };

/** The style of a ground. */
export function groundStyle(ground: Ground, brandColor: string | undefined): string {
  if (ground === 'checker') return CHECKER;
  return ground === 'brand' ? (brandColor ?? CHECKER) : FLAT[ground];
}

const STEP = 5;

interface CompareViewProps {
  readonly before: string;
  readonly after: string;
  readonly width: number;
  readonly height: number;
  readonly ground: string;
}

/** Photo to the left, cut-out to the right of a line that is dragged or moved with the arrow keys. */
export function CompareView({ before, after, width, height, ground }: CompareViewProps) {
  const { newAdvert, common } = useStrings();
  const [percent, setPercent] = useState(50);
  const box = useRef<HTMLDivElement>(null);
  const follow = ({ clientX }: PointerEvent): void => {
    const rect = box.current?.getBoundingClientRect();
    if (rect) setPercent(Math.round(Math.min(100, Math.max(0, ((clientX - rect.left) / rect.width) * 100))));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowLeft: percent - STEP, ArrowDown: percent - STEP, ArrowRight: percent + STEP, ArrowUp: percent + STEP, Home: 0, End: 100 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setPercent(Math.min(100, Math.max(0, next)));
  };
  const picture = 'absolute inset-0 size-full select-none';
  return (
    <div className="flex size-full items-center justify-center" style={{ containerType: 'size' }}>
      <div
        ref={box}
        className="relative touch-none overflow-hidden rounded-lg border border-line"
        style={{ aspectRatio: `${width} / ${height}`, width: `min(100cqw, calc(100cqh * ${width / height}))`, background: ground }}
        onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); follow(event); }}
        onPointerMove={(event) => { if (event.buttons === 1) follow(event); }}
      >
        <img src={after} alt={newAdvert.afterAlt} draggable={false} className={picture} style={{ clipPath: `inset(0 0 0 ${percent}%)` }} />
        <img src={before} alt={newAdvert.beforeAlt} draggable={false} className={picture} style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }} />
        <Tag isLeft isShown={percent > 18}>{newAdvert.before}</Tag>
        <Tag isLeft={false} isShown={percent < 82}>{newAdvert.after}</Tag>
        <div role="slider" tabIndex={0} aria-label={newAdvert.compare} aria-orientation="horizontal" aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={common.percent(percent / 100)} onKeyDown={onKeyDown} className="group absolute inset-y-0 w-8 -translate-x-1/2 cursor-ew-resize outline-none" style={{ left: `${percent}%` }}>
          <span className="absolute inset-y-0 left-1/2 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_0_1px_rgb(0_0_0/0.35)]" />
          <span className="absolute top-1/2 left-1/2 flex size-8 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-full border border-black/30 bg-white text-[#17181b] shadow-pop group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-focus"><MoveHorizontal aria-hidden className="size-4" /></span>
        </div>
      </div>
    </div>
  );
}

function Tag({ isLeft, isShown, children }: { readonly isLeft: boolean; readonly isShown: boolean; readonly children: string }) {
  return <span aria-hidden className={cx('pointer-events-none absolute bottom-2 rounded bg-[#101113]/85 px-1.5 py-0.5 text-[11px] text-white transition-opacity', isLeft ? 'left-2' : 'right-2', !isShown && 'opacity-0')}>{children}</span>;
}
