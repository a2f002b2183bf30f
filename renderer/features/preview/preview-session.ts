/**
 * The films and the sound of the open project, for whoever shows them. Something that is shown (`useFilm`) is kept up to date; what nobody
 * shows any more is let go. Every change of the document reaches the painter at once, see `painter/live-film.ts`.
 */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { Film } from '#core/composition/film.ts';
import { totalFrames } from '#core/composition/timeline.ts';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import type { AdProject, Scene } from '#core/project/schema.ts';
import { engine, useConnection } from '../../api/connection.ts';
import { flushProject, projectNow, subscribeProject, useProjectId, useProjectSelector } from '../project/project-store.ts';
import { FilmKeeper, NO_FILM } from './film-keeper.ts';
import type { FilmState } from './film-keeper.ts';
import { liveFilm } from './painter/live-film.ts';
import { nameScenes } from './painter/draft-scenes.ts';
import { renewPainterKey, setPainterDraft, setPainterFilm } from './painter-client.ts';
import { resetPlayback, setFilmLength } from './playback.ts';
import { closeSound, followSound } from './sound-keeper.ts';

/** A film, and the same under the newest document. */
export interface ShownFilm extends FilmState {
  readonly live: Film | null;
}

const NOTHING: ShownFilm = { ...NO_FILM, live: null };
const useFilms = create<Readonly<Partial<Record<Ratio, ShownFilm>>>>(() => ({}));
const keepers = new Map<Ratio, { readonly keeper: FilmKeeper; users: number }>();

let projectId = '';
let users = 0;
let leave: (() => void) | undefined;

/** The film of a ratio of the open project, made when it is first shown. */
export function useFilm(ratio: Ratio): ShownFilm {
  const id = useProjectId();
  useEffect(() => retain(id, ratio), [id, ratio]);
  return useFilms((films) => films[ratio] ?? NOTHING);
}

/** The film under the newest document, outside React. */
export function liveFilmNow(ratio: Ratio): Film | null {
  return useFilms.getState()[ratio]?.live ?? null;
}

const useDraft = create<{ readonly draft: AdProject | null }>(() => ({ draft: null }));

/** Shows a document that is being made by a gesture, without keeping it; null = the kept one again. */
export function setDraft(draft: AdProject | null): void {
  if (useDraft.getState().draft === draft) return;
  useDraft.setState({ draft });
  for (const [ratio, { keeper }] of keepers) show(ratio, keeper.state);
}

/** The document as it is shown: the kept one, or the draft of a gesture. */
export function useShownDocument(): AdProject {
  const document = useProjectSelector((kept) => kept);
  return useDraft((state) => state.draft) ?? document;
}

/** Draws scenes that a gesture elsewhere is making, on the canvases alone: no film travels, no component is drawn. Null = what is kept. */
export function paintDraft(scenes: readonly Scene[] | null): void {
  for (const ratio of keepers.keys()) {
    const live = liveFilmNow(ratio);
    if (live) setPainterDraft(ratio, scenes && nameScenes(live.scenes, scenes));
  }
}

/** Asks again for a film that could not be made. */
export function retryFilm(ratio: Ratio): void {
  renewPainterKey();
  keepers.get(ratio)?.keeper.renew();
}

function retain(id: string, ratio: Ratio): () => void {
  if (id !== projectId) openSession(id);
  users++;
  leave ??= listen();
  const held = keepers.get(ratio) ?? openKeeper(id, ratio);
  held.users++;
  return () => release(ratio, held);
}

function release(ratio: Ratio, held: { readonly keeper: FilmKeeper; users: number }): void {
  users--;
  held.users--;
  // A view that changes gives up its films and asks for the same ones again at once.
  setTimeout(() => {
    if (held.users === 0 && keepers.get(ratio) === held) {
      held.keeper.close();
      keepers.delete(ratio);
    }
    if (users === 0) closeListeners();
  }, LINGER_MS);
}

const LINGER_MS = 2000;

function openSession(id: string): void {
  for (const { keeper } of keepers.values()) keeper.close();
  keepers.clear();
  for (const ratio of RATIOS) setPainterFilm(ratio, null);
  useFilms.setState({}, true);
  projectId = id;
  closeSound();
  resetPlayback();
}

function listen(): () => void {
  renewPainterKey();
  const document = projectNow();
  if (document) follow(document);
  const stops = [
    subscribeProject((changed) => {
      follow(changed);
      for (const [ratio, { keeper }] of keepers) {
        show(ratio, keeper.state);
        keeper.documentChanged();
      }
    }),
    useConnection.subscribe(({ generation, state }, before) => {
      if (generation === before.generation || state !== 'ready') return;
      // The new engine's key comes with its first answer, which the frame waits for; then films are asked for again.
      setTimeout(() => {
        renewPainterKey();
        for (const { keeper } of keepers.values()) keeper.renew();
      }, RENEW_DELAY_MS);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

const RENEW_DELAY_MS = 500;

function closeListeners(): void {
  leave?.();
  leave = undefined;
  closeSound();
}

/** What the playhead and the sound need to know of a document. */
function follow(document: AdProject): void {
  setFilmLength(totalFrames(document), document.timebase.num / document.timebase.den);
  followSound(projectId, document);
}

function openKeeper(id: string, ratio: Ratio): { readonly keeper: FilmKeeper; users: number } {
  const keeper: FilmKeeper = new FilmKeeper({
    save: flushProject,
    make: (signal) => engine.previews.film({ projectId: id, ratio }, { signal }),
    later: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    tell: (state) => keepers.get(ratio)?.keeper === keeper && show(ratio, state),
  });
  const held = { keeper, users: 0 };
  keepers.set(ratio, held);
  keeper.renew();
  return held;
}

function show(ratio: Ratio, state: FilmState): void {
  const document = useDraft.getState().draft ?? projectNow();
  const live = state.film && document ? liveFilm(state.film, document) : null;
  if (live) setPainterFilm(ratio, live);
  useFilms.setState({ [ratio]: { ...state, live } });
}
