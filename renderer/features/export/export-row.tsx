import { ChevronDown, CircleAlert, CircleCheck, CirclePause, Clock, FileVideo, FolderOpen, GripVertical, Play, RotateCcw, Trash2, X } from 'lucide-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import { placementById } from '#core/placements/placements.ts';
import { isRefused } from '#core/placements/preflight/finding.ts';
import { engine } from '../../api/connection.ts';
import { mediaUrl } from '../../api/media-url.ts';
import { to } from '../../app/routes.ts';
import { useStrings } from '../../strings/index.ts';
import { sayProblem } from '../../strings/say.ts';
import { Button, IconButton, Spinner } from '../../ui/button.tsx';
import { Badge, Progress } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Menu } from '../../ui/menu.tsx';
import { toast } from '../../ui/toast.ts';
import { FindingRow } from './finding-row.tsx';
import type { ExportRow as Row } from './use-exports.ts';
import { useDesktop } from './use-desktop.ts';

/** One export of the queue, under way or over. */
export function ExportRow({ row, showsProject = false }: { readonly row: Row; readonly showsProject?: boolean }) {
  const { exporting } = useStrings();
  const [isOpen, setOpen] = useState(false);
  const problem = row.error && sayProblem(row.error.code, row.error.message);
  const placement = placementById(row.order.placementId);
  const name = exporting.orderName(exporting.platform[placement.platform], placement.name, row.order.ratio);
  return (
    <li className="px-4 py-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <div className="flex min-w-0 flex-1 basis-64 items-center gap-3">
          <StateIcon row={row} />
          <div className="min-w-0 flex-1">
            <p className="truncate font-medium" title={name}>{showsProject ? <Link href={to.project(row.projectId, 'export')} className="hover:underline">{row.projectName}</Link> : null}{showsProject ? ' · ' : ''}{name} · {exporting.rateName(row.order.rate)}</p>
            <p className="truncate text-xs text-muted" title={row.path ?? undefined}>{exporting.rowFacts(row)}</p>
            {row.error && <p role="alert" className="text-xs text-danger wrap-anywhere">{problem?.text}{problem?.detail && <span className="block text-muted">{problem.detail}</span>}</p>}
          </div>
        </div>
        <div className="ml-auto flex items-center gap-2">
          {row.state === 'succeeded' && row.findings.length > 0 && (
            <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} className="flex items-center gap-1 rounded"><Badge tone={toneOf(row)}>{exporting.found(row.findings.length)}<ChevronDown aria-hidden className={cx('size-3', isOpen && 'rotate-180')} /></Badge></button>
          )}
          {row.state === 'succeeded' && row.findings.length === 0 && <Badge tone="success">{exporting.passed}</Badge>}
          <RowActions row={row} name={name} />
        </div>
      </div>
      {(row.state === 'running' || row.state === 'queued') && <Progress label={exporting.progressOf(name)} value={row.state === 'queued' ? 0 : row.progress} className="mt-2" />}
      {isOpen && <ul className="mt-1 ml-7 divide-y divide-line/60">{row.findings.map((finding, index) => <FindingRow key={`${finding.rule} ${index}`} finding={finding} />)}</ul>}
    </li>
  );
}

/** Notes alone are no alarm. */
function toneOf({ findings }: Row): 'danger' | 'warning' | 'neutral' {
  if (isRefused(findings)) return 'danger';
  return findings.some(({ severity }) => severity === 'warn') ? 'warning' : 'neutral';
}

function StateIcon({ row }: { readonly row: Row }) {
  const { exporting } = useStrings();
  const label = exporting.state[row.state];
  const common = { role: 'img', 'aria-label': label, className: 'size-4 shrink-0' } as const;
  switch (row.state) {
    case 'queued': return <Clock {...common} className="size-4 shrink-0 text-muted" />;
    case 'running': return <span role="img" aria-label={label}><Spinner className="text-accent" /></span>;
    case 'succeeded': return <CircleCheck {...common} className="size-4 shrink-0 text-success" />;
    case 'failed': return <CircleAlert {...common} className="size-4 shrink-0 text-danger" />;
    case 'canceled': return <CirclePause {...common} className="size-4 shrink-0 text-muted" />;
  }
}

function RowActions({ row, name }: { readonly row: Row; readonly name: string }) {
  const { common, exporting } = useStrings();
  const desktop = useDesktop();
  const queries = useQueryClient();
  const [isShown, setShown] = useState(false);
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onError: (error) => toast.error(error), onSettled: () => queries.invalidateQueries({ queryKey: ['exports'] }) });
  const convert = (format: 'gif' | 'webm'): void => act.mutate(async () => toast.success(exporting.written((await engine.exports.convert({ exportId: row.id, format })).path)));
  if (row.state === 'queued' || row.state === 'running') return <IconButton label={exporting.cancel(name)} size="small" onClick={() => act.mutate(() => engine.exports.cancel({ exportId: row.id }))}><X aria-hidden className="size-4" /></IconButton>;
  const forget = { id: 'forget', label: exporting.forget, icon: <Trash2 aria-hidden className="size-3.5" />, onSelect: () => act.mutate(() => engine.exports.forget({ exportId: row.id })) };
  if (row.state !== 'succeeded' || !row.file) {
    return (
      <div className="flex gap-1">
        <Button size="small" icon={<RotateCcw aria-hidden className="size-3" />} onClick={() => act.mutate(() => engine.exports.retry({ exportId: row.id }))}>{common.tryAgain}</Button>
        <IconButton label={exporting.forget} size="small" onClick={forget.onSelect}><Trash2 aria-hidden className="size-4" /></IconButton>
      </div>
    );
  }
  const { file } = row;
  const fileName = row.path?.split(/[/\\]/).at(-1) ?? file.name;
  return (
    <div className="flex items-center gap-1">
      {window.adgen && <span draggable title={exporting.dragOut} onDragStart={(event) => { event.preventDefault(); window.adgen?.dragOut(row.id); }} className="flex size-6 items-center justify-center text-muted"><GripVertical aria-hidden className="size-4" /></span>}
      <IconButton label={exporting.play(name)} size="small" onClick={() => setShown(true)}><Play aria-hidden className="size-4" /></IconButton>
      {desktop?.canReveal && row.path && <IconButton label={exporting.reveal} size="small" onClick={() => act.mutate(() => engine.desktop.reveal({ path: row.path ?? '' }))}><FolderOpen aria-hidden className="size-4" /></IconButton>}
      <a href={mediaUrl(file.hash, fileName)} download={fileName} className="inline-flex h-7 items-center rounded-md border border-line bg-raised px-2.5 text-xs hover:border-line-strong">{exporting.download}</a>
      <Menu entries={[
        { id: 'gif', label: exporting.asGif, icon: <FileVideo aria-hidden className="size-3.5" />, onSelect: () => convert('gif') },
        { id: 'webm', label: exporting.asWebm, icon: <FileVideo aria-hidden className="size-3.5" />, onSelect: () => convert('webm') },
        { kind: 'separator', id: 'line' },
        forget,
      ]}
      >
        <IconButton label={common.more} size="small"><ChevronDown aria-hidden className="size-4" /></IconButton>
      </Menu>
      <Dialog title={name} isOpen={isShown} onOpenChange={setShown} isWide>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- adverts carry their words in the picture; captions.srt is in the delivery */}
        <video src={mediaUrl(file.hash, file.name)} controls autoPlay aria-label={name} className="mx-auto max-h-[70vh] rounded-md bg-black" />
      </Dialog>
    </div>
  );
}
