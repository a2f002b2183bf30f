import { useEffect, useState } from 'react';
import type { Scene } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';
import { TextField } from '../../ui/field.tsx';
import { editProject } from '../project/project-store.ts';
import { setLength } from './scene-changes.ts';

/** How long a scene is, in seconds; taken when the field is left or Enter is pressed, so that half-typed numbers cut nothing. */
export function LengthField({ scene, isLocked }: { readonly scene: Scene; readonly isLocked: boolean }) {
  const { storyboard } = useStrings();
  const written = String(Math.round((scene.durationFrames / 30) * 100) / 100);
  const [text, setText] = useState(written);
  useEffect(() => setText(written), [written]);
  const take = (): void => {
    const seconds = Number(text.replace(',', '.'));
    const isNumber = text.trim() !== '' && Number.isFinite(seconds);
    if (!isNumber || !editProject('trimScene', (project) => setLength(project, scene.id, Math.round(seconds * 30)))) setText(written);
  };
  return <TextField label={storyboard.seconds} inputMode="decimal" value={text} disabled={isLocked} onChange={({ target }) => setText(target.value)} onBlur={take} onKeyDown={({ key }) => (key === 'Enter' ? take() : key === 'Escape' ? setText(written) : undefined)} />;
}
