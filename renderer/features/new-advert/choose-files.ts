/** Which of the files that somebody dropped are taken, and one sentence for each reason why others are not. Pure. */
import { MAX_PHOTOS } from './draft.ts';

/** What a drop says about a file; `isFolder` where the browser tells. */
export interface OfferedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly isFolder?: boolean;
}

/** Why a file was left out. */
export type Refusal = { readonly reason: 'folder' | 'kind' | 'size' | 'empty'; readonly name: string } | { readonly reason: 'count'; readonly count: number };

const MAX_BYTES = 200_000_000;
/** Names of pictures whose type browsers do not know. */
const PICTURE_NAME = /\.(jpe?g|png|webp|avif|tiff?|gif|heic|heif)$/i;

/** @param present how many photos there are already */
export function chooseFiles<T extends OfferedFile>(offered: readonly T[], present: number): { readonly taken: T[]; readonly refused: Refusal[] } {
  const refused: Refusal[] = [];
  const fitting = offered.filter((file) => {
    const reason = refusalOf(file);
    if (reason) refused.push({ reason, name: file.name });
    return !reason;
  });
  const room = Math.max(0, MAX_PHOTOS - present);
  if (fitting.length > room) refused.push({ reason: 'count', count: fitting.length - room });
  return { taken: fitting.slice(0, room), refused };
}

function refusalOf({ name, type, size, isFolder }: OfferedFile): 'folder' | 'kind' | 'size' | 'empty' | undefined {
  if (isFolder) return 'folder';
  const isPicture = type.startsWith('image/') ? type !== 'image/svg+xml' : type === '' || type === 'application/octet-stream' ? PICTURE_NAME.test(name) : false;
  if (!isPicture) return 'kind';
  if (size === 0) return 'empty';
  return size > MAX_BYTES ? 'size' : undefined;
}
