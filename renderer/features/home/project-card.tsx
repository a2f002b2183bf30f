/** One project on Home. Everything on it has one fixed height, so that a list of ten thousand scrolls without measuring. */
import { Check, Ellipsis, Split } from 'lucide-react';
import { memo, useState } from 'react';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { CardPoster } from './card-poster.tsx';
import { CardState } from './card-state.tsx';
import { formatDate } from './format-date.ts';
import { setSelection } from './home-store.ts';
import { toggle } from './selection.ts';
import type { Card } from './use-project-pages.ts';

/** Height of the words under the picture, CSS pixels. */
export const CARD_WORDS_PX = 58;

interface ProjectCardProps {
  readonly card: Card;
  readonly index: number;
  readonly isSelected: boolean;
  readonly isActive: boolean;
  readonly isRenaming: boolean;
  onRename(card: Card, name: string): void;
}

/** What a cell of the grid holds; the cell itself has the focus and the clicks. */
export const ProjectCard = memo(function ProjectCard({ card, index, isSelected, isActive, isRenaming, onRename }: ProjectCardProps) {
  const { home } = useStrings();
  const name = card.name || home.untitled;
  return (
    <>
      <div className={cx('relative min-h-0 flex-1 overflow-hidden rounded-lg border bg-surface transition-colors', isSelected ? 'border-accent ring-1 ring-accent' : 'border-line group-hover:border-line-strong')}>
        <CardPoster card={card} />
        <CardState card={card} name={name} />
      </div>
      <div className="flex flex-col justify-center gap-0.5 px-0.5" style={{ height: CARD_WORDS_PX }}>
        {isRenaming ? <NameField name={card.name} onDone={(text) => onRename(card, text)} /> : (
          <div className="flex items-center gap-1.5">
            {card.variantOf !== null && <Split role="img" aria-label={home.variant} className="size-3.5 shrink-0 text-muted" />}
            <span title={name} className="truncate font-medium">{name}</span>
          </div>
        )}
        <CardFacts card={card} />
      </div>
      <button
        type="button" role="checkbox" aria-checked={isSelected} aria-label={home.select(name)} tabIndex={isActive ? 0 : -1}
        onClick={(event) => { event.stopPropagation(); setSelection((before) => toggle(before, card.id, index)); }}
        className={cx('absolute top-2 left-2 flex size-6 items-center justify-center rounded-full border transition-opacity', isSelected ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-surface text-transparent opacity-0 group-focus-within:opacity-100 group-hover:opacity-100')}
      >
        <Check aria-hidden className="size-3.5" strokeWidth={3} />
      </button>
      <button
        type="button" aria-haspopup="menu" aria-label={home.menuOf(name)} tabIndex={isActive ? 0 : -1}
        onClick={openMenuHere}
        className="absolute top-1.5 right-1.5 flex size-7 items-center justify-center rounded-md border border-line bg-surface text-text opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:border-line-strong"
      >
        <Ellipsis aria-hidden className="size-4" />
      </button>
    </>
  );
});

/** The menu of the right mouse button, from a button. */
function openMenuHere(event: React.MouseEvent<HTMLButtonElement>): void {
  event.stopPropagation();
  const { left, bottom } = event.currentTarget.getBoundingClientRect();
  event.currentTarget.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left, clientY: bottom + 4 }));
}

function CardFacts({ card }: { readonly card: Card }) {
  const language = useLanguage();
  // Tags and formats together would crowd out the date.
  const formats = card.tags.length > 0 ? '' : card.ratios.join(' ');
  const facts = [formatDate(card.updatedMs, Date.now(), language), formatLength(card.durationFrames), formats].filter((fact) => fact !== '');
  return (
    <div className="flex items-center gap-2 text-xs text-muted">
      <span className="truncate tabular-nums">{facts.join(' · ')}</span>
      {card.tags[0] !== undefined && <span title={card.tags.join(', ')} className="ml-auto max-w-[45%] shrink-0 truncate rounded bg-raised px-1.5 text-[11px]">{card.tags[0]}{card.tags.length > 1 && ` +${card.tags.length - 1}`}</span>}
    </div>
  );
}

/** `0:15`; projects of this studio count 30 frames a second. */
function formatLength(frames: number): string {
  const seconds = Math.round(frames / 30);
  return frames === 0 ? '' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Enter and leaving keep the name, escape does not. */
function NameField({ name, onDone }: { readonly name: string; onDone(name: string): void }) {
  const { home } = useStrings();
  const [text, setText] = useState(name);
  return (
    <input
      aria-label={home.nameOf} value={text} maxLength={200} autoFocus
      onFocus={(event) => event.currentTarget.select()} onChange={(event) => setText(event.currentTarget.value)}
      onClick={(event) => event.stopPropagation()} onBlur={() => onDone(text)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') onDone(text);
        if (event.key === 'Escape') onDone(name);
      }}
      className="-mx-1 h-6 min-w-0 rounded border border-accent bg-field px-1 font-medium outline-none"
    />
  );
}
