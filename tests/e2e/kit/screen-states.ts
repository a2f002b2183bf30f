/** Every screen of the studio in its main states, and how a user gets there: by the words of a catalogue, so in any language. */
import type { Page } from 'playwright';
import type { en } from '#renderer/strings/en/index.ts';

export type Words = typeof en;

/** Ids of what the states show. */
export interface Shown {
  readonly finishedId: string;
  readonly canceledId: string;
  /** Of a project whose newest run has failed; empty while there is none. */
  readonly failedId: string;
}

export interface ScreenState {
  readonly name: string;
  readonly address: (shown: Shown) => string;
  /** What is done there; resolves when the state is on. */
  reach(page: Page, words: Words): Promise<void>;
  /** In its pictures the film is read anew when the window's size changes. */
  readonly hasFilm?: boolean;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const segment = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

/** Before there is any project. */
export const FIRST_STATES: readonly ScreenState[] = [
  { name: 'home-first', address: () => '/', reach: (page, { home }) => button(page, home.trySample).waitFor() },
  { name: 'exports-empty', address: () => '/exports', reach: (page, { exporting }) => page.getByText(exporting.nothingYet).waitFor() },
  { name: 'new-empty', address: () => '/new', reach: beginAnew },
];

const HOME: readonly ScreenState[] = [
  { name: 'home', address: () => '/', reach: showProjects },
  {
    name: 'home-menu', address: () => '/',
    async reach(page, words) {
      await showProjects(page, words);
      await button(page, words.home.menuOf('Fizzo')).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'home-select', address: () => '/',
    async reach(page, words) {
      await showProjects(page, words);
      await page.getByRole('combobox', { name: words.home.sort }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'home-nothing-found', address: () => '/',
    async reach(page, words) {
      await showProjects(page, words);
      await page.getByRole('searchbox').fill('zebra');
      await page.getByText(words.home.nothingFound).waitFor();
    },
  },
  {
    name: 'home-bin-empty', address: () => '/',
    async reach(page, words) {
      await showProjects(page, words);
      await segment(page, words.home.shown.deleted).click();
      await page.getByText(words.home.noBin).waitFor();
    },
  },
];

const NEW_ADVERT: readonly ScreenState[] = [
  {
    name: 'new-sample', address: () => '/new',
    async reach(page, words) {
      await beginAnew(page, words);
      await button(page, words.newAdvert.trySample).click();
      await page.getByRole('slider', { name: words.newAdvert.compare }).waitFor();
    },
  },
  {
    name: 'new-mask', address: () => '/new',
    async reach(page, { newAdvert }) {
      await button(page, newAdvert.correct).click();
      await page.getByRole('dialog').getByRole('slider', { name: newAdvert.brushSize }).waitFor();
    },
  },
];

const PROJECT: readonly ScreenState[] = [
  { name: 'run', address: ({ finishedId }) => `/projects/${finishedId}/run`, reach: (page, { run }) => page.getByText(run.state.succeeded).first().waitFor() },
  { name: 'run-canceled', address: ({ canceledId }) => `/projects/${canceledId}/run`, reach: (page, { run }) => page.getByText(run.state.canceled).first().waitFor() },
  { name: 'storyboard-scene', address: ({ finishedId }) => `/projects/${finishedId}/storyboard`, reach: (page, { storyboard }) => tab(page, storyboard.tabs.scene).click(), hasFilm: true },
  { name: 'storyboard-look', address: ({ finishedId }) => `/projects/${finishedId}/storyboard`, reach: (page, { storyboard }) => tab(page, storyboard.tabs.look).click(), hasFilm: true },
  { name: 'storyboard-brief', address: ({ finishedId }) => `/projects/${finishedId}/storyboard`, reach: (page, { storyboard }) => tab(page, storyboard.tabs.brief).click(), hasFilm: true },
  {
    name: 'storyboard-variants', address: ({ finishedId }) => `/projects/${finishedId}/storyboard`, hasFilm: true,
    async reach(page, { storyboard }) {
      await button(page, storyboard.makeVariants).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'timeline', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true, reach: showTimeline },
  {
    name: 'timeline-scene', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true,
    async reach(page, words) {
      await showTimeline(page, words);
      await page.locator('[data-clip^="scene:"]').nth(1).click();
      await page.getByRole('textbox', { name: words.timeline.name, exact: true }).waitFor();
    },
  },
  {
    name: 'timeline-caption', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true,
    async reach(page, words) {
      await showTimeline(page, words);
      await page.locator('[data-clip^="caption:"]').first().click();
      await page.locator('[data-clip^="caption:"][aria-pressed=true]').waitFor();
    },
  },
  {
    name: 'timeline-menu', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true,
    async reach(page, words) {
      await showTimeline(page, words);
      await page.locator('[data-clip^="scene:"]').nth(1).click({ button: 'right' });
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'timeline-overlays', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true,
    async reach(page, words) {
      await showTimeline(page, words);
      await button(page, words.preview.overlays).click();
      await page.getByRole('switch', { name: words.preview.thirds }).waitFor();
    },
  },
  {
    name: 'timeline-all', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true,
    async reach(page, words) {
      await showTimeline(page, words);
      await segment(page, words.preview.all).click();
    },
  },
  {
    name: 'export-empty', address: ({ finishedId }) => `/projects/${finishedId}/export`,
    async reach(page, { exporting }) {
      const takeOut = button(page, exporting.takeOut);
      await page.getByText(exporting.chooseFirst).or(takeOut).first().waitFor();
      while ((await takeOut.count()) > 0) await takeOut.first().click();
      await page.getByText(exporting.chooseFirst).waitFor();
    },
  },
  {
    name: 'export-findings', address: ({ finishedId }) => `/projects/${finishedId}/export`,
    async reach(page, { exporting }) {
      for (const platform of [exporting.platform.tiktok, exporting.platform.master]) {
        const placement = page.getByRole('button', { name: new RegExp(`^${platform} .*(9:16|1:1)$`) }).first();
        if ((await placement.getAttribute('aria-pressed')) === 'false') await placement.click();
      }
      await page.getByRole('article').nth(1).waitFor();
      await page.getByText(exporting.checking, { exact: true }).first().waitFor({ state: 'detached' });
    },
  },
];

/** With exports, and projects in every place. */
export const FULL_STATES: readonly ScreenState[] = [
  { name: 'exports', address: () => '/exports', reach: showEndedExports },
  { name: 'export-done', address: ({ finishedId }) => `/projects/${finishedId}/export`, reach: showEndedExports },
  { name: 'run-failed', address: ({ failedId }) => `/projects/${failedId}/run`, reach: showFailedRun },
  { name: 'home-bin', address: () => '/', reach: (page, words) => showPlace(page, words, 'deleted') },
  { name: 'home-archive', address: () => '/', reach: (page, words) => showPlace(page, words, 'archived') },
];

/** While the queue works. */
export const EXPORTING_STATES: readonly ScreenState[] = [
  { name: 'exports-running', address: () => '/exports', reach: (page, { exporting }) => page.getByRole('img', { name: exporting.state.running }).waitFor() },
];

const TABS = ['general', 'brands', 'sidecar', 'models', 'workflows', 'cloud', 'storage', 'diagnostics'] as const;

const SETTINGS: readonly ScreenState[] = TABS.map((name) => ({
  name: `settings-${name}`, address: () => `/settings/${name}`,
  reach: (page, { settings }) => page.getByRole('group', { name: settings.tab[name], exact: true }).locator('h2, h3, table, [role=table]').first().waitFor(),
}));

const HELP: readonly ScreenState[] = [
  {
    name: 'palette', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true,
    async reach(page, words) {
      await showTimeline(page, words);
      await button(page, words.frame.palette).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'shortcuts', address: ({ finishedId }) => `/projects/${finishedId}/timeline`, hasFilm: true,
    async reach(page, words) {
      await showTimeline(page, words);
      await button(page, words.frame.shortcuts).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];

/** With projects. */
export const STATES: readonly ScreenState[] = [...HOME, ...NEW_ADVERT, ...PROJECT, ...SETTINGS, ...HELP];

async function showProjects(page: Page, { home }: Words): Promise<void> {
  await segment(page, home.shown.active).waitFor();
  const clear = button(page, home.clearSearch);
  if (await clear.isVisible()) await clear.click();
  await segment(page, home.shown.active).click();
  await button(page, home.menuOf('Fizzo')).waitFor();
}

/** Projects outside the usual list. */
async function showPlace(page: Page, words: Words, place: 'deleted' | 'archived'): Promise<void> {
  await showProjects(page, words);
  await segment(page, words.home.shown[place]).click();
  await page.getByRole('gridcell').first().waitFor();
}

/** What went wrong, and nothing that seems to go on. */
async function showFailedRun(page: Page, { run }: Words): Promise<void> {
  await page.getByText(run.state.failed).first().waitFor();
  for (const text of [run.readingPhoto, run.planningNext]) await page.getByText(text).waitFor({ state: 'detached' });
}

async function showEndedExports(page: Page, { exporting }: Words): Promise<void> {
  for (const state of ['succeeded', 'failed'] as const) await page.getByRole('img', { name: exporting.state[state] }).first().waitFor();
}

async function beginAnew(page: Page, { newAdvert }: Words): Promise<void> {
  await heading(page, newAdvert.title).waitFor();
  const again = button(page, newAdvert.beginAnew);
  if (await again.isVisible()) await again.click();
  await button(page, newAdvert.trySample).waitFor();
}

/** With one ratio and nothing selected. */
async function showTimeline(page: Page, { timeline }: Words): Promise<void> {
  await page.locator('[data-clip^="scene:"]').nth(2).waitFor();
  await segment(page, '1:1').click();
  await page.getByRole('group', { name: timeline.clips }).or(page.locator('[data-clip^="scene:"]').first()).first().focus();
  await page.keyboard.press('Escape');
}
