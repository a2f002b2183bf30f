import { useMutation } from '@tanstack/react-query';
import { ImageUp, X } from 'lucide-react';
import { useRef } from 'react';
import type { AssetRef } from '#core/project/schema.ts';
import { engine } from '../../api/connection.ts';
import { thumbnailUrl } from '../../api/media-url.ts';
import { upload } from '../../api/upload.ts';
import { useStrings } from '../../strings/index.ts';
import { IconButton, Spinner } from '../../ui/button.tsx';
import { messageOf } from '../../strings/say.ts';

const ACCEPTED = 'image/png,image/jpeg,image/webp,image/svg+xml';

interface LogoFieldProps {
  readonly logo: AssetRef | undefined;
  readonly brandName: string;
  /** A logo with the colours in it, or none. A file that is no logo leaves what was there. */
  onChange(logo: AssetRef | undefined, colors: readonly string[]): void;
}

/** A brand's logo: dropped, chosen, taken away. */
export function LogoField({ logo, brandName, onChange }: LogoFieldProps) {
  const { brands: words } = useStrings();
  const picker = useRef<HTMLInputElement>(null);
  const take = useMutation({
    mutationFn: async (file: File) => {
      const { asset } = await upload(file, 'logo');
      return { asset, colors: (await engine.brands.colorsOf({ logo: asset })).colors };
    },
    onSuccess: ({ asset, colors }) => onChange(asset, colors),
  });
  const takeFirst = (files: FileList | null): void => {
    const file = files?.[0];
    if (file) take.mutate(file);
  };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-xs font-medium text-muted">{words.logo}</span>
      <div
        className="flex h-8 items-center gap-2 rounded-md border border-dashed border-line-strong px-1"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          takeFirst(event.dataTransfer.files);
        }}
      >
        <input ref={picker} type="file" accept={ACCEPTED} aria-label={words.logoPick} tabIndex={-1} className="sr-only" onChange={({ target }) => { takeFirst(target.files); target.value = ''; }} />
        <button type="button" title={words.logoHint} disabled={take.isPending} onClick={() => picker.current?.click()} className="flex h-6 min-w-0 flex-1 items-center gap-2 rounded px-1 text-left text-muted hover:text-text">
          {take.isPending ? <Spinner /> : logo ? <img src={thumbnailUrl(logo.hash, 160)} alt={words.logoAlt(brandName || words.unnamed)} className="h-6 max-w-24 shrink-0 rounded bg-[repeating-conic-gradient(#b4b4b4_0_25%,#d2d2d2_0_50%)] bg-[length:8px_8px] object-contain px-1" /> : <ImageUp aria-hidden className="size-4 shrink-0" />}
          <span className="truncate text-xs">{logo ? words.logoReplace : words.logoPick}</span>
        </button>
        {logo && <IconButton label={words.logoRemove} size="small" onClick={() => onChange(undefined, [])}><X aria-hidden className="size-3.5" /></IconButton>}
      </div>
      {take.error && <p role="alert" className="text-xs text-danger">{messageOf(take.error)}</p>}
    </div>
  );
}
