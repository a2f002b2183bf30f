/**
 * A film as arrays of plain clips with edits written as simply as they can be, for the fuzz test: what it says after an edit, the editor must
 * say too. Shares no code with the editor. An edit answers false when it is refused; then nothing has changed.
 */
import type { AdProject } from '#core/project/schema.ts';

interface Word { id: string; s: number; e: number; isStill: boolean }
interface Clip { id: string; len: number; isCut: boolean; over: number; slip: number; isLocked: boolean; words: Word[]; keys: number[] }
interface Sound { musicTrim: number; voiceAt: number; voiceTrim: number; fadeIn: number; fadeOut: number; musicDb: number; voiceDb: number }

const between = (value: number, low: number, high: number): number => (value < low ? low : value > high ? high : value);

/** The naive model. */
export class NaiveFilm {
  clips: Clip[] = [];
  markers: { id: string; at: number }[] = [];
  sound: Sound = { musicTrim: 0, voiceAt: 0, voiceTrim: 0, fadeIn: 0, fadeOut: 0, musicDb: 0, voiceDb: 0 };

  /** What of a document the model knows. */
  static of(project: AdProject): NaiveFilm {
    const film = new NaiveFilm();
    film.clips = project.scenes.map((scene) => ({
      id: scene.id, len: scene.durationFrames, isCut: scene.transition.kind === 'cut', over: scene.transition.durationFrames, slip: scene.backdrop.startFrame ?? 0, isLocked: scene.isLocked === true,
      words: scene.captions.map((caption) => ({ id: caption.id, s: caption.startFrame, e: caption.endFrame, isStill: caption.animation === 'none' })), keys: (scene.placement?.keyframes['1:1'] ?? []).map((key) => key.frame),
    }));
    film.markers = (project.markers ?? []).map(({ id, frame }) => ({ id, at: frame }));
    const { musicTrimFrames = 0, voiceStartFrame = 0, voiceTrimFrames = 0, fadeInFrames = 0, fadeOutFrames = 0, musicGainDb, voiceGainDb = 0 } = project.soundtrack;
    film.sound = { musicTrim: musicTrimFrames, voiceAt: voiceStartFrame, voiceTrim: voiceTrimFrames, fadeIn: fadeInFrames, fadeOut: fadeOutFrames, musicDb: musicGainDb, voiceDb: voiceGainDb };
    return film;
  }

  copy(): NaiveFilm {
    return Object.assign(new NaiveFilm(), structuredClone({ clips: this.clips, markers: this.markers, sound: this.sound }));
  }

  length(): number {
    return this.startOf(this.clips.length - 1) + (this.clips.at(-1)?.len ?? 0);
  }

  startOf(index: number): number {
    let at = 0;
    for (let i = 0; i < index; i += 1) at += this.clips[i]!.len - this.overlap(i);
    return at;
  }

  overlap(index: number): number {
    const [clip, next] = [this.clips[index]!, this.clips[index + 1]];
    if (!next || clip.isCut) return 0;
    return Math.min(clip.over, Math.floor(clip.len / 2), Math.floor(next.len / 2));
  }

  /** Tries an edit on a copy and takes it over when the film that it leaves is one. */
  attempt(edit: (film: NaiveFilm) => boolean): boolean {
    const trial = this.copy();
    if (!edit(trial) || trial.clips.length === 0 || trial.clips.length > 40) return false;
    trial.clips.forEach((clip, index) => (clip.over = clip.isCut ? 0 : index === trial.clips.length - 1 ? Math.min(clip.over, 90) : trial.overlap(index)));
    if (trial.length() < 30 || trial.length() > 18_000) return false;
    Object.assign(this, trial);
    return true;
  }

  private clip(id: string): Clip | undefined {
    const clip = this.clips.find((candidate) => candidate.id === id);
    return clip && !clip.isLocked ? clip : undefined;
  }

  private pushIn(clip: Clip): void {
    for (const word of clip.words) {
      const least = Math.min(6, word.e - word.s, clip.len);
      word.s = between(word.s, 0, clip.len - least);
      word.e = between(word.e, word.s + least, clip.len);
    }
  }

  private cutKeys(clip: Clip, by: number): void {
    const moved = clip.keys.map((key) => key - by);
    const kept = moved.filter((key) => key >= 0);
    clip.keys = moved.some((key) => key < 0) && kept[0] !== 0 ? [0, ...kept] : kept;
  }

  trim(id: string, edge: 'start' | 'end', by: number): boolean {
    const clip = this.clip(id);
    if (!clip) return false;
    const before = clip.len;
    clip.len = between(edge === 'end' ? before + by : before - by, 6, 3600);
    while (this.length() > 18_000 && clip.len > 6) clip.len -= 1;
    while (this.length() < 30 && clip.len < 3600) clip.len += 1;
    if (edge === 'start') this.shiftIn(clip, before - clip.len);
    this.pushIn(clip);
    return true;
  }

  private shiftIn(clip: Clip, by: number): void {
    clip.slip = between(clip.slip + by, 0, 18_000);
    for (const word of clip.words) {
      word.s -= by;
      word.e -= by;
    }
    this.cutKeys(clip, by);
  }

  roll(id: string, by: number): boolean {
    const clip = this.clip(id);
    const next = this.clips[this.clips.findIndex((other) => other.id === id) + 1];
    if (!clip) return false;
    if (!next) return this.trim(id, 'end', by);
    if (next.isLocked) return false;
    let way = by;
    while (way > 0 && (clip.len + way > 3600 || next.len - way < 6)) way -= 1;
    while (way < 0 && (clip.len + way < 6 || next.len - way > 3600)) way += 1;
    clip.len += way;
    next.len -= way;
    this.shiftIn(next, way);
    this.pushIn(clip);
    this.pushIn(next);
    return true;
  }

  split(frame: number, newId: string): boolean {
    let found = -1;
    this.clips.forEach((clip, index) => {
      const at = frame - this.startOf(index);
      if (at >= 6 && clip.len - at >= 6) found = index;
    });
    const clip = this.clips[found];
    if (!clip || clip.isLocked) return false;
    const at = frame - this.startOf(found);
    const right: Clip = { ...structuredClone(clip), id: newId, len: clip.len - at, words: [], slip: clip.slip + at };
    const words = clip.words;
    clip.words = [];
    for (const word of words) {
      const [before, after] = [at - word.s, word.e - at];
      if (after <= 0) clip.words.push(word);
      else if (before <= 0) right.words.push({ ...word, s: word.s - at, e: word.e - at });
      else if (before < 6 && after >= before) right.words.push({ ...word, s: 0, e: after });
      else if (after < 6) clip.words.push({ ...word, e: at });
      else {
        clip.words.push({ ...word, e: at });
        right.words.push({ id: word.id, s: 0, e: after, isStill: true });
      }
    }
    const firstAfter = clip.keys.find((key) => key >= at);
    this.cutKeys(right, at);
    clip.keys = clip.keys.filter((key) => key < at || key === firstAfter);
    clip.len = at;
    clip.isCut = true;
    this.clips.splice(found + 1, 0, right);
    return true;
  }

  slip(id: string, by: number): boolean {
    const clip = this.clip(id);
    if (clip) clip.slip = between(clip.slip + by, 0, 18_000);
    return clip !== undefined;
  }

  reorder(id: string, index: number): boolean {
    const from = this.clips.findIndex((clip) => clip.id === id);
    const [clip] = this.clips.splice(from, 1);
    this.clips.splice(from < index ? index - 1 : index, 0, clip!);
    return true;
  }

  duplicate(id: string, newId: string): boolean {
    const index = this.clips.findIndex((clip) => clip.id === id);
    this.clips.splice(index + 1, 0, { ...structuredClone(this.clips[index]!), id: newId, isLocked: false });
    return true;
  }

  remove(id: string): boolean {
    if (!this.clip(id)) return false;
    this.clips = this.clips.filter((clip) => clip.id !== id);
    return true;
  }

  join(id: string, isCut: boolean, frames: number): boolean {
    const clip = this.clip(id);
    if (!clip || clip === this.clips.at(-1)) return false;
    clip.isCut = isCut;
    clip.over = isCut ? 0 : between(frames, 1, 90);
    return true;
  }

  /** The clip at a frame: the one that is asked for when it is there, else the last that is, else the nearest. */
  private under(frame: number, id?: string): number {
    const there = this.clips.flatMap((clip, index) => (frame >= this.startOf(index) && frame < this.startOf(index) + clip.len ? [index] : []));
    return there.find((index) => this.clips[index]!.id === id) ?? there.at(-1) ?? (frame < 0 ? 0 : this.clips.length - 1);
  }

  moveWord(id: string, wordId: string, frame: number, newId: string): boolean {
    const from = this.clip(id);
    const word = from?.words.find((candidate) => candidate.id === wordId);
    if (!from || !word) return false;
    const index = this.under(frame, id);
    const to = this.clips[index]!;
    const length = Math.min(word.e - word.s, to.len);
    const s = between(frame - this.startOf(index), 0, to.len - length);
    if (to === from) Object.assign(word, { s, e: s + length });
    else {
      if (to.isLocked || to.words.length >= 12) return false;
      from.words = from.words.filter((other) => other !== word);
      to.words.push({ ...word, id: to.words.some((other) => other.id === wordId) ? newId : wordId, s, e: s + length });
    }
    return true;
  }

  trimWord(id: string, wordId: string, edge: 'start' | 'end', by: number): boolean {
    const clip = this.clip(id);
    const word = clip?.words.find((candidate) => candidate.id === wordId);
    if (!clip || !word) return false;
    const least = Math.min(6, word.e - word.s);
    if (edge === 'start') word.s = between(word.s + by, 0, word.e - least);
    else word.e = between(word.e + by, word.s + least, clip.len);
    return true;
  }

  splitWord(id: string, wordId: string, frame: number, newId: string): boolean {
    const clip = this.clip(id);
    const index = clip?.words.findIndex((word) => word.id === wordId) ?? -1;
    const word = clip?.words[index];
    if (!clip || !word || clip.words.length >= 12) return false;
    const at = frame - this.startOf(this.clips.indexOf(clip));
    if (at - word.s < 6 || word.e - at < 6) return false;
    clip.words.splice(index + 1, 0, { id: newId, s: at, e: word.e, isStill: true });
    word.e = at;
    return true;
  }

  addWord(frame: number, newId: (words: readonly Word[]) => string, length = 45): boolean {
    const index = this.under(frame);
    const clip = this.clips[index]!;
    if (clip.isLocked || clip.words.length >= 12) return false;
    const at = frame - this.startOf(index);
    clip.words.push({ id: newId(clip.words), s: at, e: at + length, isStill: false });
    const before = clip.words.slice(0, -1).map((word) => ({ ...word }));
    this.pushIn(clip);
    clip.words.splice(0, before.length, ...before);
    return true;
  }

  removeWord(id: string, wordId: string): boolean {
    const clip = this.clip(id);
    if (!clip?.words.some((word) => word.id === wordId)) return false;
    clip.words = clip.words.filter((word) => word.id !== wordId);
    return true;
  }

  addKey(id: string, frame: number): boolean {
    const clip = this.clip(id);
    if (!clip) return false;
    const at = between(frame, 0, clip.len - 1);
    clip.keys = [...clip.keys.filter((key) => key !== at), at].sort((a, b) => a - b);
    return true;
  }

  moveKey(id: string, from: number, to: number): boolean {
    const clip = this.clip(id);
    const index = clip?.keys.indexOf(from) ?? -1;
    if (!clip || index === -1) return false;
    const low = (clip.keys[index - 1] ?? -1) + 1;
    clip.keys[index] = between(to, low, Math.max(low, Math.min(clip.keys[index + 1] ?? clip.len, clip.len) - 1));
    return true;
  }

  removeKey(id: string, frame: number): boolean {
    const clip = this.clip(id);
    if (clip) clip.keys = clip.keys.filter((key) => key !== frame);
    return clip !== undefined;
  }

  mark(frame: number, newId: string): boolean {
    if (this.markers.some((marker) => marker.at === frame)) return true;
    if (this.markers.length >= 200) return false;
    this.markers.push({ id: newId, at: between(frame, 0, this.length() - 1) });
    this.markers.sort((a, b) => a.at - b.at);
    return true;
  }

  moveMark(id: string, frame: number): boolean {
    const marker = this.markers.find((candidate) => candidate.id === id);
    if (marker) marker.at = between(frame, 0, this.length() - 1);
    this.markers.sort((a, b) => a.at - b.at);
    return marker !== undefined;
  }
}
