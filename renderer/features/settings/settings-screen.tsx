import { Boxes, Cloud, Cpu, HardDrive, LifeBuoy, Palette, SlidersHorizontal, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useCommands } from '../../app/commands.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { ModelsPanel } from '../sidecar/models-panel.tsx';
import { SidecarPanel } from '../sidecar/sidecar-panel.tsx';
import { WorkflowsPanel } from '../sidecar/workflows-panel.tsx';
import { BrandsPanel } from './brands-panel.tsx';
import { CloudPanel } from './cloud-panel.tsx';
import { DiagnosticsPanel } from './diagnostics-panel.tsx';
import { GeneralPanel } from './general-panel.tsx';
import { StoragePanel } from './storage-panel.tsx';
import { useSettings } from './use-settings.ts';
import type { StudioSettings } from './use-settings.ts';

const TABS = {
  general: { icon: SlidersHorizontal, group: 'groupStudio' },
  brands: { icon: Palette, group: 'groupStudio' },
  sidecar: { icon: Cpu, group: 'groupEngine' },
  models: { icon: Boxes, group: 'groupEngine' },
  workflows: { icon: Workflow, group: 'groupEngine' },
  cloud: { icon: Cloud, group: 'groupEngine' },
  storage: { icon: HardDrive, group: 'groupData' },
  diagnostics: { icon: LifeBuoy, group: 'groupData' },
} as const;
type Tab = keyof typeof TABS;
const NAMES = Object.keys(TABS) as Tab[];
const GROUPS = ['groupStudio', 'groupEngine', 'groupData'] as const;

/** Everything that is set for the whole studio. */
export default function SettingsScreen({ tab }: { readonly tab: string }) {
  const { settings: words } = useStrings();
  const [, go] = useLocation();
  const current = isTab(tab) ? tab : 'general';
  const { data, error, refetch } = useSettings();
  useCommands(NAMES.map((name) => ({ id: `settings.${name}`, label: `${words.title}: ${words.tab[name]}`, group: words.title, run: () => go(to.settings(name)) })));
  return (
    <div className="flex h-full min-w-0">
      <nav aria-label={words.sections} className="flex w-52 shrink-0 flex-col gap-4 overflow-auto border-r border-line bg-surface/60 px-2 py-4">
        <h1 className="px-2 text-base font-semibold">{words.title}</h1>
        {GROUPS.map((group) => (
          <div key={group} className="flex flex-col gap-px">
            <h2 className="px-2 pb-1 text-[11px] font-medium text-muted">{words[group]}</h2>
            {NAMES.filter((name) => TABS[name].group === group).map((name) => <TabLink key={name} name={name} isCurrent={name === current} label={words.tab[name]} />)}
          </div>
        ))}
      </nav>
      <div role="group" aria-label={words.tab[current]} tabIndex={0} className="min-w-0 flex-1 overflow-auto focus-visible:-outline-offset-2" key={current}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : data ? (
          <div className={cx('mx-auto flex flex-col gap-7 px-8 py-6', current === 'models' || current === 'workflows' ? 'max-w-[1120px]' : 'max-w-[820px]')}>{panelOf(current, data)}</div>
        ) : <LoadingState />}
      </div>
    </div>
  );
}

function TabLink({ name, label, isCurrent }: { readonly name: Tab; readonly label: string; readonly isCurrent: boolean }) {
  const Icon = TABS[name].icon;
  return (
    <Link href={to.settings(name)} aria-current={isCurrent ? 'page' : undefined} className={cx('flex h-8 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-raised hover:text-text', isCurrent && 'bg-raised font-medium text-text')}>
      <Icon aria-hidden className={cx('size-4', isCurrent && 'text-accent')} />{label}
    </Link>
  );
}

function panelOf(tab: Tab, settings: StudioSettings): ReactNode {
  switch (tab) {
    case 'general': return <GeneralPanel settings={settings} />;
    case 'brands': return <BrandsPanel />;
    case 'sidecar': return <SidecarPanel isOffline={settings.isOffline} />;
    case 'models': return <ModelsPanel isOffline={settings.isOffline} />;
    case 'workflows': return <WorkflowsPanel />;
    case 'cloud': return <CloudPanel settings={settings} />;
    case 'storage': return <StoragePanel settings={settings} />;
    case 'diagnostics': return <DiagnosticsPanel />;
  }
}

function isTab(tab: string): tab is Tab {
  return Object.hasOwn(TABS, tab);
}
