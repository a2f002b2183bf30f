import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { brandSchema } from '#core/contract/brands.ts';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm, Dialog } from '../../ui/dialog.tsx';
import { TextArea, TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { messageOf } from '../../strings/say.ts';
import { toast } from '../../ui/toast.ts';
import { LogoField } from '../brands/logo-field.tsx';
import { COLOR_NAMES, draftOf, kitOf, mistakesIn, withLogoColors } from './brand-draft.ts';
import { ColorField } from './color-field.tsx';

type Brand = z.infer<typeof brandSchema>;

/** Radix takes no empty value. */
const AUTO = '(auto)';

/** A brand kit's fields. Nothing is kept before Save. */
export function BrandDialog({ brand, onClose }: { readonly brand: Brand | undefined; onClose(): void }) {
  const { brands: words, common } = useStrings();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(brand?.kit));
  const [isChecked, setChecked] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const { data: fonts } = useQuery({ queryKey: ['brand-fonts'], queryFn: () => engine.brands.fonts(), staleTime: Number.POSITIVE_INFINITY });
  const done = async (text: string): Promise<void> => {
    toast.success(text);
    await queries.invalidateQueries({ queryKey: ['brands'] });
    onClose();
  };
  const save = useMutation({ mutationFn: () => engine.brands.save({ ...(brand ? { id: brand.id } : {}), kit: kitOf(draft) }), onSuccess: ({ kit }) => done(words.saved(kit.name)) });
  const remove = useMutation({ mutationFn: () => engine.brands.remove({ id: brand?.id ?? '' }), onSuccess: () => done(words.removed(draft.name)), onError: toast.error });
  const mistakes = mistakesIn(draft);
  const submit = (): void => {
    setChecked(true);
    if (!mistakes.name && mistakes.colors.length === 0) save.mutate();
  };
  const fontOptions = [{ value: AUTO, label: words.fontAuto }, ...(fonts ?? []).map(({ family }) => ({ value: family, label: family }))];
  const fontField = (name: 'heading' | 'body') => (
    <Select className="flex-1" label={words[name]} value={draft[name] === '' ? AUTO : draft[name]} options={fontOptions.some(({ value }) => value === draft[name]) || draft[name] === '' ? fontOptions : [...fontOptions, { value: draft[name], label: draft[name] }]} onChange={(value) => setDraft({ ...draft, [name]: value === AUTO ? '' : value })} />
  );
  return (
    <Dialog
      title={brand ? words.editTitle(brand.kit.name || words.unnamed) : words.newTitle} isOpen onOpenChange={(open) => !open && onClose()}
      actions={
        <>
          {brand && <Button kind="danger" className="mr-auto" onClick={() => setAsking(true)}>{common.remove}</Button>}
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button kind="primary" type="submit" form="brand" isBusy={save.isPending}>{common.save}</Button>
        </>
      }
    >
      <form id="brand" noValidate className="flex flex-col gap-4 py-1" onSubmit={(event) => { event.preventDefault(); submit(); }}>
        <TextField label={words.name} value={draft.name} maxLength={120} error={isChecked && mistakes.name ? words.nameMissing : undefined} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
        <LogoField logo={draft.logo} brandName={draft.name} onChange={(logo, colors) => setDraft((before) => withLogoColors({ ...before, logo }, colors))} />
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 text-xs font-medium text-muted">{words.colors}</legend>
          {COLOR_NAMES.map((name) => (
            <ColorField key={name} label={words.color[name]} value={draft.colors[name]} isWrong={mistakes.colors.includes(name)} onChange={(color) => setDraft((before) => ({ ...before, colors: { ...before.colors, [name]: color } }))} />
          ))}
        </fieldset>
        <div className="flex gap-3">{fontField('heading')}{fontField('body')}</div>
        <TextArea label={words.guidelines} hint={words.guidelinesHint} value={draft.guidelines} maxLength={4000} rows={4} onChange={(event) => setDraft({ ...draft, guidelines: event.target.value })} />
        {save.error && <p role="alert" className="text-danger">{messageOf(save.error)}</p>}
      </form>
      <Confirm title={words.removeTitle(draft.name || words.unnamed)} description={words.removeText} action={common.remove} isDangerous isOpen={isAsking} onOpenChange={setAsking} onConfirm={() => remove.mutate()} />
    </Dialog>
  );
}
