/** Takes photos in: choose, upload, cut out. Two at a time; what goes wrong with one says so at that one and stops no other. */
import { engine } from '../../api/connection.ts';
import { upload } from '../../api/upload.ts';
import { stringsNow } from '../../strings/index.ts';
import { messageOf } from '../../strings/say.ts';
import { chooseFiles } from './choose-files.ts';
import type { Refusal } from './choose-files.ts';
import { guessProductName } from './draft.ts';
import type { DraftPhoto } from './draft.ts';
import { addPhotos, addProblem, changeBrief, changePhoto, draftNow, removePhoto, setProblems, setWork } from './draft-store.ts';

const AT_ONCE = 2;
const waiting: (() => Promise<void>)[] = [];
let running = 0;

/** Takes dropped, pasted or picked files. `folders`: names of folders among them. */
export function takePhotos(files: readonly File[], folders: readonly string[] = []): void {
  const offered = [...files.map((file) => ({ file, name: file.name, type: file.type, size: file.size })), ...folders.map((name) => ({ file: undefined, name, type: '', size: 0, isFolder: true }))];
  const { taken, refused } = chooseFiles(offered, draftNow().draft.photos.length);
  setProblems(refused.map(sentenceOf));
  const photos = taken.flatMap(({ file }) => (file ? [{ file, photo: { id: crypto.randomUUID(), name: file.name, notices: [] } satisfies DraftPhoto }] : []));
  if (photos.length === 0) return;
  addPhotos(photos.map(({ photo }) => photo));
  nameAfter(photos[0]?.photo.name ?? '');
  for (const { file, photo } of photos) {
    setWork(photo.id, { kind: 'uploading' });
    enqueue(() => takeOne(photo.id, file));
  }
}

/** Resolves when every photo is in the store (or has been refused); cut-outs may go on. */
export async function whenUploaded(): Promise<void> {
  while (Object.values(draftNow().work).some(({ kind }) => kind === 'uploading')) await new Promise((resolve) => setTimeout(resolve, 60));
}

/** Cuts out photos of a kept draft that have no cut-out yet, and any that failed. */
export function cutOutAgain(id: string): void {
  const { draft, work } = draftNow();
  const photo = draft.photos.find((candidate) => candidate.id === id);
  if (!photo?.asset || work[id]?.kind === 'cutting') return;
  const { asset } = photo;
  setWork(id, { kind: 'cutting' });
  enqueue(() => cutOut(id, asset));
}

async function takeOne(id: string, file: File): Promise<void> {
  try {
    const { asset, notices } = await upload(file, 'photo');
    if (!isThere(id)) return;
    changePhoto(id, { asset, notices: [...notices] });
    setWork(id, { kind: 'cutting' });
    await cutOut(id, asset);
  } catch (error) {
    addProblem(error instanceof TypeError ? stringsNow().newAdvert.uploadLost(file.name) : messageOf(error)); // fetch throws a TypeError when nobody answers
    removePhoto(id); // it cannot be used; the sentence names it
  }
}

async function cutOut(id: string, asset: NonNullable<DraftPhoto['asset']>): Promise<void> {
  try {
    const { product, upright, notices } = await engine.cutouts.make({ photo: asset });
    changePhoto(id, { product, upright, notices });
    setWork(id, undefined);
  } catch (error) {
    setWork(id, { kind: 'failed', message: messageOf(error) });
  }
}

const isThere = (id: string): boolean => draftNow().draft.photos.some((photo) => photo.id === id);

function enqueue(job: () => Promise<void>): void {
  waiting.push(job);
  next();
}

function next(): void {
  while (running < AT_ONCE) {
    const job = waiting.shift();
    if (!job) return;
    running++;
    void job().finally(() => {
      running--;
      next();
    });
  }
}

function nameAfter(fileName: string): void {
  const { draft } = draftNow();
  const guess = guessProductName(fileName);
  if (!draft.isNameOwn && guess && !draft.brief.productName) changeBrief({ productName: guess });
}

function sentenceOf(refusal: Refusal): string {
  const { refused } = stringsNow().newAdvert;
  return refusal.reason === 'count' ? refused.count(refusal.count) : refused[refusal.reason](refusal.name);
}
