import type { Brief } from '#core/project/schema.ts';
import { useStrings } from '../../strings/index.ts';
import { TextArea, TextField } from '../../ui/field.tsx';
import { editProject, useProjectSelector } from '../project/project-store.ts';

const FIELDS = [['productName', 120, 1], ['description', 2000, 4], ['audience', 500, 2], ['message', 500, 2], ['callToAction', 80, 1], ['tone', 120, 1], ['language', 35, 1]] as const;

/** What the client asked for. Scenes keep their words; variants and the claims guard go by it. */
export function BriefEditor() {
  const { storyboard } = useStrings();
  const brief = useProjectSelector((document) => document.brief);
  const change = (name: keyof Brief, text: string): void => void editProject('brief', (project) => ({ ...project, brief: { ...project.brief, [name]: text } }), { mergeKey: `brief ${name}` });
  return (
    <div className="flex flex-col gap-3 p-4">
      <p className="text-xs text-muted">{storyboard.briefHint}</p>
      {FIELDS.map(([name, maxLength, rows]) => {
        const shared = { label: storyboard.brief[name], value: brief[name], maxLength };
        return rows === 1 ? <TextField key={name} {...shared} onChange={({ target }) => change(name, target.value)} /> : <TextArea key={name} {...shared} rows={rows} onChange={({ target }) => change(name, target.value)} />;
      })}
    </div>
  );
}
