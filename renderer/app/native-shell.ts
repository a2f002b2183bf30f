/** What the page and Electron's shell tell each other while the studio is open. In a browser there is no shell, and nothing happens. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { engine } from '../api/connection.ts';
import { useLanguage, useStrings } from '../strings/index.ts';
import { toast } from '../ui/toast.ts';
import { runCommand, useAllCommands } from './commands.ts';
import { useTheme } from './preferences.ts';
import { endedSince, glanceAtExport, progressOf } from './run-news.ts';
import type { RunGlance } from './run-news.ts';

const shell = window.adgen;
/** A glance at the newest runs; screens that show one follow its events. */
const GLANCE_MS = 2000;
/** More than anybody has under way at a time. */
const GLANCE_EXPORTS = 100;
const OPEN = 'open:';

/** @param go shows a route */
export function useNativeShell(go: (route: string) => void): void {
  useMenu();
  useRunNews();
  const latest = useRef(go);
  latest.current = go;
  useEffect(() => {
    shell?.onCommand((id) => (id.startsWith(OPEN) ? latest.current(id.slice(OPEN.length)) : runCommand(id)));
    shell?.onNotice(toast.info);
  }, []);
}

/** The native menu shows what the palette shows. */
function useMenu(): void {
  const commands = useAllCommands();
  const language = useLanguage();
  const isDark = useTheme() === 'dark';
  const described = JSON.stringify(commands.map(({ id, label, group, keys, isDisabled, isGlobal }) => ({ id, label, group, keys, isDisabled, isGlobal })));
  useEffect(() => shell?.describe({ language, isDark, commands: JSON.parse(described) as [] }), [described, language, isDark]);
}

/** Taskbar, sleep and notifications, from wherever in the studio one is. */
function useRunNews(): void {
  const { frame } = useStrings();
  const before = useRef<Work>({ runs: [], exports: [] });
  const { data: work } = useQuery({ queryKey: ['shell', 'work'], queryFn: ({ signal }) => glance(signal), refetchInterval: GLANCE_MS, refetchIntervalInBackground: true, enabled: shell !== undefined });
  const { data: settings } = useQuery({ queryKey: ['settings'], queryFn: ({ signal }) => engine.settings.get(undefined, { signal }), enabled: shell !== undefined });
  const notifies = settings?.notifies ?? true;
  useEffect(() => {
    if (!shell || !work) return;
    shell.setBusy(progressOf([...work.runs, ...work.exports]));
    if (notifies) {
      for (const { projectName, state } of endedSince(before.current.runs, work.runs)) shell.notify(state === 'succeeded' ? frame.runDone : frame.runFailed, projectName);
      for (const { projectName, state } of endedSince(before.current.exports, work.exports)) shell.notify(state === 'succeeded' ? frame.exportDone : frame.exportFailed, projectName);
    }
    before.current = work;
  }, [work, notifies, frame]);
}

interface Work {
  readonly runs: readonly RunGlance[];
  readonly exports: readonly RunGlance[];
}

async function glance(signal: AbortSignal): Promise<Work> {
  const [runs, exports] = await Promise.all([engine.runs.list({ limit: 20 }, { signal }), engine.exports.list({ limit: GLANCE_EXPORTS }, { signal })]);
  return { runs, exports: exports.map(glanceAtExport) };
}
