/** What stands round the views of one project: its name, the way between them, undo and redo, whether it is saved. */
import { lazy, Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { useStrings } from '../strings/index.ts';
import { useCommands } from './commands.ts';
import { cx } from '../ui/cx.ts';
import { EmptyState, LoadingState } from '../ui/states.tsx';
import { ProjectHeader } from '../features/project/project-header.tsx';
import { ProjectSession } from '../features/project/project-session.tsx';
import { PROJECT_VIEWS, to } from './routes.ts';
import type { ProjectView } from './routes.ts';

const ProjectRun = lazy(() => import('../features/run/project-run.tsx'));
const StoryboardView = lazy(() => import('../features/storyboard/storyboard-view.tsx'));
const TimelineView = lazy(() => import('../features/timeline/timeline-view.tsx'));
const ExportView = lazy(() => import('../features/export/export-view.tsx'));

const VIEWS = { run: ProjectRun, storyboard: StoryboardView, timeline: TimelineView, export: ExportView } as const;

/** A project, open. */
export function ProjectFrame({ projectId, view }: { readonly projectId: string; readonly view: string }) {
  const { frame } = useStrings();
  const [, go] = useLocation();
  useCommands(PROJECT_VIEWS.map((name) => ({ id: `view.${name}`, label: frame.view[name], group: frame.views, run: () => go(to.project(projectId, name)) })));
  if (!isView(view)) return <EmptyState title={frame.nothingHere} />;
  const View = VIEWS[view];
  return (
    <ProjectSession projectId={projectId}>
      <div className="flex h-full flex-col">
        <h1 className="sr-only">{frame.view[view]}</h1>
        <header className="flex h-11 shrink-0 items-center gap-4 border-b border-line bg-surface px-3">
          <ProjectHeader />
          <nav aria-label={frame.views} className="flex shrink-0 gap-1">
            {PROJECT_VIEWS.map((name) => (
              <Link key={name} href={to.project(projectId, name)} aria-current={name === view ? 'page' : undefined} className={cx('rounded-md px-3 py-1 text-muted hover:text-text', name === view && 'bg-raised font-medium text-text')}>{frame.view[name]}</Link>
            ))}
          </nav>
          <div id="project-actions" className="flex flex-1 basis-0 items-center justify-end gap-2" />
        </header>
        <div className="min-h-0 flex-1">
          <Suspense fallback={<LoadingState />}><View projectId={projectId} /></Suspense>
        </div>
      </div>
    </ProjectSession>
  );
}

function isView(view: string): view is ProjectView {
  return (PROJECT_VIEWS as readonly string[]).includes(view);
}
