/** What stands round every screen: the rail, the palette, the shortcut sheet, the keys. Screens are loaded when they are first shown. */
import { Download, Keyboard, LayoutGrid, Plus, Search, Settings } from 'lucide-react';
import { lazy, Suspense, useCallback, useState } from 'react';
import type { ReactNode } from 'react';
import { Link, Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { useStrings } from '../strings/index.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { LoadingState } from '../ui/states.tsx';
import { Tooltip } from '../ui/tooltip.tsx';
import { CommandPalette } from './command-palette.tsx';
import { useCommands } from './commands.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { useHotkeyDispatch } from './hotkeys.ts';
import { useKeptFocus } from './kept-focus.ts';
import { useNativeShell } from './native-shell.ts';
import { ProjectFrame } from './project-frame.tsx';
import { to } from './routes.ts';
import { useStrayDrops } from './stray-drops.ts';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { offerFiles } from '../features/new-advert/dropped-files.ts';
import { SidecarPill } from '../features/sidecar/sidecar-pill.tsx';

const HomeScreen = lazy(() => import('../features/home/home-screen.tsx'));
const NewAdvertScreen = lazy(() => import('../features/new-advert/new-advert-screen.tsx'));
const RunScreen = lazy(() => import('../features/run/run-screen.tsx'));
const ExportsScreen = lazy(() => import('../features/export/exports-screen.tsx'));
const SettingsScreen = lazy(() => import('../features/settings/settings-screen.tsx'));

/** The window's content. */
export function Frame() {
  return (
    <Router hook={useHashLocation}>
      <Content />
    </Router>
  );
}

function Content() {
  const { common, frame } = useStrings();
  const [location, go] = useLocation();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isSheetOpen, setSheetOpen] = useState(false);
  useHotkeyDispatch();
  useKeptFocus();
  useStrayDrops(useCallback(({ files, folders }) => {
    offerFiles(files, folders);
    go(to.newAdvert());
  }, [go]));
  useNativeShell(go);
  useCommands([
    { id: 'go.home', label: frame.goHome, group: frame.general, keys: ['mod+shift+h'], isGlobal: true, run: () => go(to.home()) },
    { id: 'project.new', label: frame.newAdvert, group: frame.general, keys: ['mod+n', 'alt+n'], isGlobal: true, run: () => go(to.newAdvert()) },
    { id: 'go.exports', label: frame.exports, group: frame.general, keys: ['mod+shift+e'], isGlobal: true, run: () => go(to.exports()) },
    { id: 'go.settings', label: frame.settings, group: frame.general, keys: ['mod+,'], isGlobal: true, run: () => go(to.settings()) },
    { id: 'go.sidecar', label: frame.sidecar, group: frame.general, run: () => go(to.settings('sidecar')) },
    { id: 'help.palette', label: frame.palette, group: frame.general, keys: ['mod+k'], isGlobal: true, run: () => setPaletteOpen(true) },
    { id: 'help.shortcuts', label: frame.shortcuts, group: frame.general, keys: ['?'], run: () => setSheetOpen(true) },
  ]);
  return (
    <div className="flex h-full">
      <a href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }} className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-2 focus:rounded focus:bg-raised focus:p-2">{frame.skip}</a>
      <nav aria-label={frame.navigation} className="flex w-14 shrink-0 flex-col items-center gap-1 border-r border-line bg-surface py-2">
        <div className="mb-2 flex size-9 items-center justify-center" title={common.appName}><img src="./icon.svg" alt={common.appName} className="size-8" /></div>
        <RailLink href={to.home()} label={frame.home} isCurrent={location === '/'}><LayoutGrid aria-hidden className="size-[18px]" /></RailLink>
        <RailLink href={to.newAdvert()} label={frame.newAdvert} isCurrent={location === '/new'}><Plus aria-hidden className="size-[18px]" /></RailLink>
        <RailLink href={to.exports()} label={frame.exports} isCurrent={location === '/exports'}><Download aria-hidden className="size-[18px]" /></RailLink>
        <div className="flex-1" />
        <SidecarPill />
        <IconButton label={frame.palette} shortcut="mod+k" onClick={() => setPaletteOpen(true)}><Search aria-hidden className="size-[18px]" /></IconButton>
        <IconButton label={frame.shortcuts} shortcut="?" onClick={() => setSheetOpen(true)}><Keyboard aria-hidden className="size-[18px]" /></IconButton>
        <RailLink href={to.settings()} label={frame.settings} isCurrent={location.startsWith('/settings')}><Settings aria-hidden className="size-[18px]" /></RailLink>
      </nav>
      <main id="main" tabIndex={-1} className="min-w-0 flex-1 overflow-hidden outline-none">
        <ErrorBoundary key={placeOf(location)}>
          <Suspense fallback={<LoadingState />}>
            <Switch>
              <Route path="/"><HomeScreen /></Route>
              <Route path="/new"><NewAdvertScreen /></Route>
              <Route path="/runs/:runId">{({ runId }) => <RunScreen runId={runId} />}</Route>
              <Route path="/projects/:projectId/:view">{({ projectId, view }) => <ProjectFrame projectId={projectId} view={view} />}</Route>
              <Route path="/exports"><ExportsScreen /></Route>
              <Route path="/settings/:tab">{({ tab }) => <SettingsScreen tab={tab} />}</Route>
              <Route><HomeScreen /></Route>
            </Switch>
          </Suspense>
        </ErrorBoundary>
      </main>
      <CommandPalette isOpen={isPaletteOpen} onOpenChange={setPaletteOpen} />
      <ShortcutSheet isOpen={isSheetOpen} onOpenChange={setSheetOpen} />
    </div>
  );
}

/** Views of one project are one place: it stays open between them. */
function placeOf(location: string): string {
  return /^\/projects\/[^/]+/.exec(location)?.[0] ?? location;
}

function RailLink({ href, label, isCurrent, children }: { readonly href: string; readonly label: string; readonly isCurrent: boolean; readonly children: ReactNode }) {
  return (
    <Tooltip label={label} side="right">
      <Link href={href} aria-label={label} aria-current={isCurrent ? 'page' : undefined} className={cx('flex size-9 items-center justify-center rounded-lg', isCurrent ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text')}>{children}</Link>
    </Tooltip>
  );
}

