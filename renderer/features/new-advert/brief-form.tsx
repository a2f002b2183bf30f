import { useStrings } from '../../strings/index.ts';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { LIMITS, roomLeft } from './draft.ts';
import { changeBrief, changeDraft, useDraft } from './draft-store.ts';

const TONES = ['bold', 'playful', 'elegant', 'warm', 'minimal', 'natural', 'tech', 'calm'] as const;
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl'] as const;
const AUTO = 'auto';

/** What the advert is to say, in the user's own words. Only limits are errors: every field may stay empty. */
export function BriefForm() {
  const { newAdvert } = useStrings();
  const brief = useDraft((state) => state.draft.brief);
  const field = <Name extends keyof typeof LIMITS>(name: Name) => {
    const left = roomLeft(brief[name], LIMITS[name]);
    const isOver = left !== undefined && left < 0;
    return {
      label: newAdvert.fields[name], placeholder: newAdvert.examples[name], value: brief[name],
      onChange: ({ target }: { target: { value: string } }) => changeBrief({ [name]: target.value.slice(0, LIMITS[name]) }),
      ...(left !== undefined && !isOver ? { hint: newAdvert.left(left) } : {}),
    };
  };
  const language = (tag: string): string => new Intl.DisplayNames([newAdvert.locale], { type: 'language' }).of(tag) ?? tag;
  return (
    <div className="grid grid-cols-2 gap-3">
      <TextField className="col-span-2" {...field('productName')} onInput={() => changeDraft({ isNameOwn: true })} />
      <TextArea className="col-span-2" rows={3} {...field('description')} />
      <TextField {...field('audience')} />
      <TextField {...field('message')} />
      <div className="col-span-2 grid grid-cols-3 gap-3">
        <TextField {...field('callToAction')} />
        <Select label={newAdvert.tone} value={TONES.find((tone) => tone === brief.tone) ?? AUTO} options={[{ value: AUTO, label: newAdvert.toneAuto }, ...TONES.map((value) => ({ value, label: newAdvert.tones[value] }))]} onChange={(value) => changeBrief({ tone: value === AUTO ? '' : value })} />
        <Select label={newAdvert.language} value={brief.language || AUTO} options={[{ value: AUTO, label: newAdvert.languageAuto }, ...LANGUAGES.map((value) => ({ value, label: language(value) }))]} onChange={(value) => changeBrief({ language: value === AUTO ? '' : value })} />
      </div>
    </div>
  );
}
