import { useMutation } from '@tanstack/react-query';
import { Download, Ellipsis, FolderInput, Play, RotateCcw, Square, Trash2, Wrench } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { engine } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Badge } from '../../ui/controls.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.ts';
import { formatBytes } from '../settings/format-bytes.ts';
import { Card } from '../settings/section.tsx';
import { AdoptDialog } from './adopt-dialog.tsx';
import { InstallDialog } from './install-dialog.tsx';
import { MemoryBar } from './memory-bar.tsx';
import { sayStatus } from './say-status.ts';
import type { SidecarStatus } from './sidecar-store.ts';
import { StateDot } from './state-dot.tsx';

type Question = 'install' | 'adopt' | 'repair' | 'uninstall' | 'goBack';

/** How ComfyUI is, and everything that can be done with it. */
export function StateCard({ status, isOffline }: { readonly status: SidecarStatus; readonly isOffline: boolean }) {
  const { sidecar: words } = useStrings();
  const [question, setQuestion] = useState<Question>();
  const said = sayStatus(status);
  const close = (): void => setQuestion(undefined);
  const isOurs = status.origin === 'managed' || status.origin === 'adopted';
  const isUp = status.state === 'running' || status.state === 'busy' || status.state === 'starting';
  const act = useMutation({ mutationFn: (what: 'start' | 'stop' | 'repair' | 'uninstall' | 'goBack') => engine.sidecar[what]() as Promise<unknown>, onError: toast.error });
  return (
    <Card>
      <div className="flex items-start gap-3 px-4 py-4">
        <span className="mt-1.5"><StateDot state={status.state} /></span>
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2.5">
            <h2 className="text-base font-semibold">{words.name} <span className="font-normal text-muted">{words.state[status.state]}</span></h2>
            {status.origin !== 'none' && <Badge>{words.origin[status.origin]}</Badge>}
          </div>
          <p role="status" className="mt-1 text-pretty text-muted [overflow-wrap:anywhere]">{status.state === 'absent' ? words.intro : said.text}</p>
          {said.detail && <p className="mt-0.5 text-xs text-pretty text-muted [overflow-wrap:anywhere]">{said.detail}</p>}
        </div>
        <div className="flex shrink-0 items-center gap-2">
          {status.origin === 'none' && <Button disabled={!status.canInstall} icon={<FolderInput aria-hidden className="size-3.5" />} onClick={() => setQuestion('adopt')}>{words.adopt}</Button>}
          {status.origin === 'none' && <Button kind="primary" disabled={!status.canInstall || isOffline} icon={<Download aria-hidden className="size-3.5" />} onClick={() => setQuestion('install')}>{status.problems.length > 0 ? words.resume : words.install}</Button>}
          {isOurs && !isUp && <Button kind="primary" disabled={status.state === 'installing' || status.state === 'stopping'} icon={<Play aria-hidden className="size-3.5" />} onClick={() => act.mutate('start')}>{words.start}</Button>}
          {isOurs && isUp && <Button icon={<Square aria-hidden className="size-3.5" />} onClick={() => act.mutate('stop')}>{words.stop}</Button>}
          {status.origin !== 'none' && status.canInstall && <Menu entries={entriesOf(status, isOffline, words, setQuestion)}><IconButton label={words.manage}><Ellipsis aria-hidden className="size-4" /></IconButton></Menu>}
        </div>
      </div>
      <Facts status={status} />
      {status.problems.length > 0 && (
        <ul aria-label={words.problems} className="border-t border-line px-4 py-3 text-xs text-warning">{status.problems.map((problem) => <li key={problem}>{problem}</li>)}</ul>
      )}
      <InstallDialog isOpen={question === 'install'} onClose={close} />
      <AdoptDialog isOpen={question === 'adopt'} onClose={close} />
      <Confirm title={words.repairTitle} description={words.repairText} action={words.repair} isOpen={question === 'repair'} onOpenChange={close} onConfirm={() => act.mutate('repair')} />
      <Confirm title={words.goBackTitle} description={words.goBackText} action={words.goBack} isOpen={question === 'goBack'} onOpenChange={close} onConfirm={() => act.mutate('goBack')} />
      {status.origin === 'managed'
        ? <Confirm title={words.uninstallTitle} description={words.uninstallText} action={words.uninstall} isDangerous isOpen={question === 'uninstall'} onOpenChange={close} onConfirm={() => act.mutate('uninstall')} />
        : <Confirm title={words.forgetTitle} description={words.forgetText} action={words.stopUsing} isOpen={question === 'uninstall'} onOpenChange={close} onConfirm={() => act.mutate('uninstall')} />}
    </Card>
  );
}

function entriesOf(status: SidecarStatus, isOffline: boolean, words: ReturnType<typeof useStrings>['sidecar'], ask: (question: Question) => void): MenuEntry[] {
  const entry = (id: Question, label: string, icon: ReactNode, rest: Partial<{ isDisabled: boolean; isDangerous: boolean }> = {}): MenuEntry => ({ id, label, icon, onSelect: () => ask(id), ...rest });
  return [
    ...(status.origin === 'managed' ? [entry('repair', words.repair, <Wrench aria-hidden className="size-3.5" />, { isDisabled: isOffline })] : [entry('install', words.install, <Download aria-hidden className="size-3.5" />, { isDisabled: isOffline })]),
    entry('adopt', words.adopt, <FolderInput aria-hidden className="size-3.5" />),
    entry('goBack', words.goBack, <RotateCcw aria-hidden className="size-3.5" />, { isDisabled: !status.canGoBack }),
    { kind: 'separator', id: 'rule' },
    status.origin === 'managed' ? entry('uninstall', words.uninstall, <Trash2 aria-hidden className="size-3.5" />, { isDangerous: true }) : entry('uninstall', words.stopUsing, <Trash2 aria-hidden className="size-3.5" />),
  ];
}

function Facts({ status }: { readonly status: SidecarStatus }) {
  const { sidecar: words } = useStrings();
  const language = useLanguage();
  const isProcessor = status.device === 'cpu';
  const facts = [
    [words.version, status.version], [words.device, isProcessor ? words.processor : status.device], [words.address, status.url], [words.folder, status.folder], [words.size, status.sizeBytes === null ? null : formatBytes(status.sizeBytes, language)],
  ].filter((fact): fact is [string, string] => typeof fact[1] === 'string' && fact[1] !== '');
  const hasMemory = status.vramTotalBytes !== null && status.vramFreeBytes !== null;
  if (facts.length === 0 && !hasMemory) return null;
  return (
    <div className="flex flex-col gap-3 border-t border-line px-4 py-3">
      {facts.length > 0 && (
        <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1">
          {facts.map(([name, value]) => [<dt key={`${name}-name`} className="text-muted">{name}</dt>, <dd key={name} className="min-w-0 tabular-nums select-text [overflow-wrap:anywhere]">{value}</dd>])}
        </dl>
      )}
      {hasMemory && <MemoryBar totalBytes={status.vramTotalBytes ?? 0} freeBytes={status.vramFreeBytes ?? 0} isProcessor={isProcessor} />}
    </div>
  );
}
