/**
 * The draft, outside the screen: uploads and cut-outs go on when one looks elsewhere, and what was written is there again after a reload or a
 * crash. Text and the names of artifacts are kept; pictures are the store's.
 */
import { create } from 'zustand';
import { draftSchema, readDraft } from './draft.ts';
import type { Draft, DraftPhoto } from './draft.ts';

/** What is being done about a photo. Photos that are not in it are at rest. */
export type PhotoWork = { readonly kind: 'uploading' } | { readonly kind: 'cutting' } | { readonly kind: 'failed'; readonly message: string };

interface DraftState {
  readonly draft: Draft;
  readonly work: Readonly<Record<string, PhotoWork>>;
  readonly selectedId: string | undefined;
  /** Sentences about files that were not taken. */
  readonly problems: readonly string[];
}

const KEY = 'adgen-new-advert';

const useStore = create<DraftState>(() => {
  const draft = readDraft(localStorage.getItem(KEY));
  return { draft, work: {}, selectedId: draft.photos[0]?.id, problems: [] };
});

useStore.subscribe(({ draft }, before) => {
  if (draft === before.draft) return;
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // the browser keeps nothing (private window, full): the draft lives as long as the page
  }
});

/** A part of the draft's state. */
export function useDraft<T>(select: (state: DraftState) => T): T {
  return useStore(select);
}

/** The draft outside React. */
export function draftNow(): DraftState {
  return useStore.getState();
}

/** Changes fields of the draft. */
export function changeDraft(change: Partial<Draft>): void {
  useStore.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
}

/** Changes words of the brief. */
export function changeBrief(change: Partial<Draft['brief']>): void {
  useStore.setState(({ draft }) => ({ draft: { ...draft, brief: { ...draft.brief, ...change } } }));
}

/** Changes one photo, if it is still there. */
export function changePhoto(id: string, change: Partial<DraftPhoto>): void {
  useStore.setState(({ draft }) => ({ draft: { ...draft, photos: draft.photos.map((photo) => (photo.id === id ? { ...photo, ...change } : photo)) } }));
}

/** Says what is being done about a photo; undefined = nothing any more. */
export function setWork(id: string, work: PhotoWork | undefined): void {
  useStore.setState((state) => {
    const { [id]: _before, ...rest } = state.work;
    return { work: work && state.draft.photos.some((photo) => photo.id === id) ? { ...rest, [id]: work } : rest };
  });
}

/** Puts photos behind those that are there and shows the first of them. */
export function addPhotos(photos: readonly DraftPhoto[]): void {
  useStore.setState(({ draft, selectedId }) => ({ draft: { ...draft, photos: [...draft.photos, ...photos] }, selectedId: photos[0]?.id ?? selectedId }));
}

/** Takes a photo out; its neighbour is shown then. */
export function removePhoto(id: string): void {
  useStore.setState(({ draft, selectedId, work }) => {
    const at = draft.photos.findIndex((photo) => photo.id === id);
    const photos = draft.photos.filter((photo) => photo.id !== id);
    const { [id]: _gone, ...rest } = work;
    return { draft: { ...draft, photos }, work: rest, selectedId: selectedId === id ? photos[Math.min(at, photos.length - 1)]?.id : selectedId };
  });
}

/** Shows a photo large. */
export function selectPhoto(id: string): void {
  useStore.setState({ selectedId: id });
}

/** Puts sentences up, or takes them down. */
export function setProblems(problems: readonly string[]): void {
  useStore.setState({ problems });
}

/** Adds a sentence about a file. */
export function addProblem(problem: string): void {
  useStore.setState(({ problems }) => ({ problems: problems.includes(problem) ? problems : [...problems, problem] }));
}

/** Begins anew. */
export function clearDraft(): void {
  useStore.setState({ draft: draftSchema.parse({}), work: {}, selectedId: undefined, problems: [] });
}
