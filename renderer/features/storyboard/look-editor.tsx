import { useQuery } from '@tanstack/react-query';
import type { StyleSpec } from '#core/project/schema.ts';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Slider } from '../../ui/controls.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { editProject, useProjectSelector } from '../project/project-store.ts';
import { ColorField, PaletteEditor } from './palette-editor.tsx';
import { changeStyle } from './scene-changes.ts';

const WORDS = ['lighting', 'mood', 'texture', 'cameraStyle'] as const;
const GRADES = [['contrast', -1], ['warmth', -1], ['vignette', 0], ['grain', 0]] as const;
const COLORS = ['accent', 'textOnDark', 'textOnLight'] as const;

/** The look that all scenes share. */
export function LookEditor() {
  const { storyboard: words, common } = useStrings();
  const style = useProjectSelector((document) => document.style);
  const { data: fonts = [] } = useQuery({ queryKey: ['fonts'], queryFn: () => engine.brands.fonts(), staleTime: Infinity });
  const change = (part: Partial<StyleSpec>, mergeKey?: string): void => void editProject('look', (project) => changeStyle(project, part), mergeKey ? { mergeKey } : {});
  return (
    <div className="flex flex-col gap-5 p-4">
      <p className="text-xs text-muted">{words.lookHint}</p>
      <section>
        <h2 className="mb-2 text-xs font-semibold">{words.palette}</h2>
        <PaletteEditor />
        <div className="mt-3 grid grid-cols-3 gap-2">{COLORS.map((name) => <ColorField key={name} label={words.colors[name]} value={style[name]} onChange={(color) => change({ [name]: color }, `color ${name}`)} />)}</div>
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-xs font-semibold">{words.lookWords}</h2>
        {WORDS.map((name) => <TextField key={name} label={words.style[name]} value={style[name]} maxLength={200} onChange={({ target }) => change({ [name]: target.value }, `style ${name}`)} />)}
      </section>
      <section className="flex flex-col gap-2.5">
        <h2 className="text-xs font-semibold">{words.grade}</h2>
        {GRADES.map(([name, min]) => <Slider key={name} label={words.grades[name]} value={style.grade[name]} min={min} max={1} step={0.05} format={common.percent} onChange={(value) => change({ grade: { ...style.grade, [name]: value } }, `grade ${name}`)} />)}
      </section>
      <section className="flex flex-col gap-2">
        <h2 className="text-xs font-semibold">{words.fonts}</h2>
        {(['heading', 'body'] as const).map((name) => (
          <Select key={name} label={words.fontFor[name]} value={style.fonts[name]} options={withCurrent(fonts.map(({ family }) => family), style.fonts[name])} onChange={(family) => change({ fonts: { ...style.fonts, [name]: family } })} />
        ))}
      </section>
    </div>
  );
}

/** The family in use is offered even where it is not installed. */
function withCurrent(families: readonly string[], current: string): { value: string; label: string }[] {
  return [...new Set([current, ...families])].map((family) => ({ value: family, label: family }));
}
