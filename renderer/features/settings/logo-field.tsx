import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { engine } from '../../api/connection.ts';
import { thumbnailUrl } from '../../api/media-url.ts';
import { upload } from '../../api/upload.ts';
import { useStrings } from '../../strings/index.ts';
import { Button } from '../../ui/button.tsx';
import { messageOf } from '../../ui/states.tsx';
import { withLogoColors } from './brand-draft.ts';
import type { BrandDraft } from './brand-draft.ts';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/svg+xml';

/** A brand's logo, and the colours in it. A file that is no logo leaves what was there. */
export function LogoField({ draft, onChange }: { readonly draft: BrandDraft; onChange(change: (before: BrandDraft) => BrandDraft): void }) {
  const { brands: words, common } = useStrings();
  const picker = useRef<HTMLInputElement>(null);
  const take = useMutation({ mutationFn: (file: File) => upload(file, 'logo'), onSuccess: ({ asset }) => onChange((before) => ({ ...before, logo: asset })) });
  const colors = useMutation({
    mutationFn: async () => (draft.logo ? (await engine.brands.colorsOf({ logo: draft.logo })).colors : []),
    onSuccess: (found) => onChange((before) => withLogoColors(before, found)),
  });
  const error = take.error ?? colors.error;
  return (
    <div className="flex flex-col gap-1">
      <span className="text-xs font-medium text-muted">{words.logo}</span>
      <div
        className="flex items-center gap-3 rounded-lg border border-dashed border-line-strong p-3"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          const [file] = event.dataTransfer.files;
          if (file) take.mutate(file);
        }}
      >
        {draft.logo && <img src={thumbnailUrl(draft.logo.hash, 160)} alt={words.logoAlt(draft.name || words.unnamed)} className="h-12 max-w-32 rounded bg-[repeating-conic-gradient(#8884_0_25%,transparent_0_50%)] bg-[length:12px_12px] object-contain" />}
        <div className="flex flex-1 flex-wrap gap-2">
          <Button size="small" isBusy={take.isPending} onClick={() => picker.current?.click()}>{draft.logo ? words.logoReplace : words.logoPick}</Button>
          {draft.logo && <Button size="small" isBusy={colors.isPending} onClick={() => colors.mutate()}>{words.logoColors}</Button>}
          {draft.logo && <Button size="small" kind="quiet" onClick={() => onChange(({ logo: _logo, ...before }) => ({ ...before, logo: undefined }))}>{common.remove}</Button>}
        </div>
        <input ref={picker} type="file" accept={ACCEPTED} tabIndex={-1} aria-hidden className="hidden" onChange={(event) => { const [file] = event.target.files ?? []; if (file) take.mutate(file); event.target.value = ''; }} />
      </div>
      {error ? <p role="alert" className="text-xs text-danger">{messageOf(error)}</p> : <p className="text-xs text-muted">{words.logoHint}</p>}
    </div>
  );
}
