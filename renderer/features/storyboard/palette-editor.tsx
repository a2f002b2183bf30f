import { DragDropProvider } from '@dnd-kit/react';
import { isSortable, useSortable } from '@dnd-kit/react/sortable';
import { Plus, X } from 'lucide-react';
import { useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useStrings } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { DRAG_SETUP } from './drag-setup.ts';
import { changeStyle, movePaletteColor } from './scene-changes.ts';

const [FEWEST, MOST] = [3, 8];

/** The backdrop colours, dominant first: pick, drag to another place, or move with mod and the arrows. */
export function PaletteEditor() {
  const { storyboard } = useStrings();
  const palette = useProjectSelector((document) => document.style.palette);
  const put = (next: string[], mergeKey?: string): void => void editProject('palette', (project) => changeStyle(project, { palette: next }), mergeKey ? { mergeKey } : {});
  const move = (from: number, to: number): void => void editProject('palette', (project) => movePaletteColor(project, from, to));
  return (
    <DragDropProvider {...DRAG_SETUP} onDragEnd={({ operation: { source }, canceled }) => !canceled && isSortable(source) && move(source.initialIndex, source.index)}>
      <ul aria-label={storyboard.palette} className="flex flex-wrap gap-1.5">
        {palette.map((color, index) => (
          <Swatch key={`${index}`} index={index} color={color} canDrop={palette.length > FEWEST} onMove={(by) => move(index, index + by)} onDrop={() => put(palette.filter((_, other) => other !== index))} onChange={(next) => put(palette.map((old, other) => (other === index ? next : old)), `palette ${index}`)} />
        ))}
        {palette.length < MOST && <li><IconButton label={storyboard.addColor} className="size-9 border border-dashed border-line-strong" onClick={() => put([...palette, palette.at(-1) ?? '#808080'])}><Plus aria-hidden className="size-3.5" /></IconButton></li>}
      </ul>
    </DragDropProvider>
  );
}

interface SwatchProps {
  readonly index: number;
  readonly color: string;
  readonly canDrop: boolean;
  onMove(by: -1 | 1): void;
  onDrop(): void;
  onChange(color: string): void;
}

function Swatch({ index, color, canDrop, onMove, onDrop, onChange }: SwatchProps) {
  const { storyboard } = useStrings();
  const { ref, handleRef, isDragging } = useSortable({ id: `color ${index}`, index });
  const input = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : undefined;
    if (by === undefined || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(by);
    input.current?.closest('ul')?.querySelectorAll<HTMLElement>('input[type=color]')[index + by]?.focus();
  };
  return (
    <li ref={ref} className={cx('group relative size-9', isDragging && 'opacity-60')}>
      <input ref={(element) => { input.current = element; handleRef(element); }} type="color" aria-label={storyboard.color(index + 1, color)} value={color} onKeyDown={onKeyDown} onChange={({ target }) => onChange(target.value)} className="size-9 cursor-default appearance-none rounded-md border border-line p-0 [&::-webkit-color-swatch]:rounded-md [&::-webkit-color-swatch]:border-0 [&::-webkit-color-swatch-wrapper]:p-0" />
      {canDrop && <button type="button" aria-label={storyboard.dropColor(index + 1)} onClick={onDrop} className="absolute -top-1.5 -right-1.5 flex size-4 items-center justify-center rounded-full border border-line bg-raised text-muted opacity-0 group-hover:opacity-100 hover:text-text focus-visible:opacity-100"><X aria-hidden className="size-2.5" /></button>}
    </li>
  );
}

/** One colour with its name. */
export function ColorField({ label, value, onChange }: { readonly label: string; readonly value: string; onChange(color: string): void }) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="truncate text-xs text-muted" title={label}>{label}</label>
      <input id={id} type="color" value={value} onChange={({ target }) => onChange(target.value)} className="h-8 w-full appearance-none rounded-md border border-line p-0 [&::-webkit-color-swatch]:rounded-md [&::-webkit-color-swatch]:border-0 [&::-webkit-color-swatch-wrapper]:p-0" />
    </div>
  );
}
