import { Plus, X } from 'lucide-react';
import { CAPTION_ROLES } from '#core/project/schema.ts';
import type { AdProject, CaptionRole, Scene } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextArea } from '../../ui/field.tsx';
import { Menu } from '../../ui/menu.tsx';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { addWords, changeWords, removeWords } from './scene-changes.ts';

/** The words of a scene, line by line, and what the claims guard took out of it. */
export function WordsEditor({ scene, isLocked }: { readonly scene: Scene; readonly isLocked: boolean }) {
  const { storyboard } = useStrings();
  const dropped = useProjectSelector((document) => document.planning.droppedClaims).filter(({ sceneId }) => sceneId === scene.id);
  const add = (role: CaptionRole): void => void editProject('addCaption', (project) => addWords(project, scene.id, role, firstWords(project, role) || storyboard.roles[role]));
  return (
    <div className="flex flex-col gap-2">
      {scene.captions.map((caption) => (
        <div key={caption.id} className="flex items-end gap-1">
          <TextArea label={storyboard.roles[caption.role]} rows={caption.text.length > 40 ? 2 : 1} value={caption.text} maxLength={300} disabled={isLocked} className="flex-1" onChange={({ target }) => editProject('captionText', (project) => changeWords(project, scene.id, caption.id, target.value), { mergeKey: `words ${scene.id} ${caption.id}` })} />
          <IconButton label={storyboard.removeWords(storyboard.roles[caption.role])} size="small" className="mb-1" disabled={isLocked} onClick={() => editProject('deleteCaption', (project) => removeWords(project, scene.id, caption.id))}><X aria-hidden className="size-3.5" /></IconButton>
        </div>
      ))}
      {dropped.map(({ text, reason }) => (
        <p key={`${text} ${reason}`} className="rounded-md bg-warning-soft px-2.5 py-1.5 text-xs text-warning"><span className="line-through">{text}</span> {reason}</p>
      ))}
      {!isLocked && (
        <Menu entries={CAPTION_ROLES.map((role) => ({ id: role, label: storyboard.roles[role], onSelect: () => add(role) }))}>
          <Button kind="quiet" size="small" icon={<Plus aria-hidden className="size-3.5" />} className="self-start text-muted">{storyboard.addWords}</Button>
        </Menu>
      )}
    </div>
  );
}

/** What the brief says for such a line; nothing is made up. */
function firstWords({ brief, brand }: AdProject, role: CaptionRole): string {
  const words: Readonly<Record<CaptionRole, string>> = { headline: brief.productName, support: brief.message, callToAction: brief.callToAction, brand: brand.name || brief.productName, legal: '' };
  return words[role].slice(0, 300);
}
