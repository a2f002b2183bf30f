import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { parseTags } from './parse-tags.ts';
import { useHome } from './home-store.ts';
import type { HomeActions } from './use-home-actions.ts';
import type { Card } from './use-project-pages.ts';

/** Tags of one project, written or picked. */
export function TagsDialog({ card, actions }: { readonly card: Card; readonly actions: HomeActions }) {
  const { home, common } = useStrings();
  const [text, setText] = useState(card.tags.join(', '));
  const { data: inUse = [] } = useQuery({ queryKey: ['projects', 'tags'], queryFn: () => engine.projects.tags() });
  const tags = parseTags(text);
  const close = (): void => useHome.setState({ tagging: null });
  const save = (): void => actions.setTags(card.id, tags);
  return (
    <Dialog title={home.tagsOf(card.name)} isOpen onOpenChange={(isOpen) => { if (!isOpen) close(); }} actions={<><Button onClick={close}>{common.cancel}</Button><Button kind="primary" onClick={save}>{common.save}</Button></>}>
      <form className="flex flex-col gap-3" onSubmit={(event) => { event.preventDefault(); save(); }}>
        <TextField label={home.tag} isLabelHidden hint={home.tagsHint} value={text} autoFocus onChange={(event) => setText(event.currentTarget.value)} />
        {inUse.length > 0 && (
          <div className="flex flex-wrap items-center gap-1.5">
            <span className="text-xs text-muted">{home.tagsInUse}</span>
            {inUse.slice(0, 24).map(({ tag }) => {
              const isOn = tags.some((own) => own.toLowerCase() === tag.toLowerCase());
              return <button key={tag} type="button" aria-pressed={isOn} onClick={() => setText((isOn ? tags.filter((own) => own.toLowerCase() !== tag.toLowerCase()) : [...tags, tag]).join(', '))} className={`max-w-48 truncate rounded-full border px-2.5 py-0.5 text-xs ${isOn ? 'border-accent bg-accent-soft' : 'border-line text-muted hover:text-text'}`}>{tag}</button>;
            })}
          </div>
        )}
      </form>
    </Dialog>
  );
}
