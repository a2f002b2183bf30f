import { useRef, useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { toast } from '../../ui/toast.ts';
import { flushProject, projectNow, refreshProject, showCard, useProject } from './project-store.ts';

/** The project's name, renamed where it stands. Enter keeps, Escape does not. */
export function ProjectName() {
  const { edits } = useStrings();
  const { card, projectId } = useProject();
  const [draft, setDraft] = useState<string | null>(null);
  const isDropped = useRef(false);
  const keep = async (): Promise<void> => {
    const name = draft?.trim() ?? '';
    setDraft(null);
    if (isDropped.current || name === '' || name === card.name) return;
    showCard({ name });
    try {
      await flushProject();
      await engine.projects.rename({ projectId, name });
      refreshProject();
    } catch (error) {
      showCard({ name: projectNow()?.name ?? card.name });
      toast.error(error);
    }
  };
  return (
    <input
      aria-label={edits.projectName}
      title={card.name}
      value={draft ?? card.name}
      maxLength={200}
      onFocus={(event) => { isDropped.current = false; setDraft(card.name); event.currentTarget.select(); }}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void keep()}
      onKeyDown={(event) => {
        if (event.key === 'Escape') isDropped.current = true;
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      className="field-sizing-content h-7 max-w-72 min-w-16 shrink truncate rounded border border-transparent bg-transparent px-1.5 font-semibold hover:border-line focus:border-line-strong focus:bg-sunken"
    />
  );
}
