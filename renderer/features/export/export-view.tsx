import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FolderOpen, Upload } from 'lucide-react';
import { useState } from 'react';
import type { ExportOrder, Finding } from '#core/placements/preflight/finding.ts';
import { isRefused } from '#core/placements/preflight/finding.ts';
import { engine } from '../../api/connection.ts';
import { useCommands } from '../../app/commands.ts';
import { useStrings } from '../../strings/index.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.ts';
import { flushProject } from '../project/project-store.ts';
import { Deliveries } from './deliveries.tsx';
import { ExportRow } from './export-row.tsx';
import { OrderCard } from './order-card.tsx';
import { changeOrder, loadOrders, orderKey, saveOrders, toggleOrder } from './order-list.ts';
import { PlacementPicker } from './placement-picker.tsx';
import { useDesktop } from './use-desktop.ts';
import { useExports } from './use-exports.ts';

/** Where a project's films go: placements on the left, the files that they make in the middle, what was made on the right. */
export default function ExportView({ projectId }: { readonly projectId: string }) {
  const { exporting } = useStrings();
  const [orders, setOrders] = useState(() => loadOrders(projectId));
  const [verdicts, setVerdicts] = useState<ReadonlyMap<string, readonly Finding[] | undefined>>(new Map());
  const change = (next: ExportOrder[]): void => {
    setOrders(next);
    saveOrders(projectId, next);
  };
  return (
    <div className="grid h-full grid-cols-[minmax(280px,330px)_minmax(0,1fr)_minmax(250px,360px)]">
      <aside aria-labelledby="placements" className="min-h-0 overflow-auto border-r border-line bg-surface">
        <h2 id="placements" className="sticky top-0 z-10 border-b border-line bg-surface px-4 py-2.5 font-semibold">{exporting.where}</h2>
        <PlacementPicker orders={orders} onToggle={(placement, ratio) => change(toggleOrder(orders, placement, ratio))} />
      </aside>
      <section aria-label={exporting.files} className="flex min-h-0 min-w-0 flex-col">
        <div className="min-h-0 flex-1 overflow-auto p-4">
          {orders.length === 0 ? <EmptyState icon={<Upload aria-hidden className="size-8" />} title={exporting.chooseFirst} text={exporting.chooseFirstText} /> : (
            <div className="mx-auto flex max-w-2xl flex-col gap-3">
              {orders.map((order) => (
                <OrderCard key={orderKey(order)} projectId={projectId} order={order} onChange={(after) => change(changeOrder(orders, order, after))} onRemove={() => change(orders.filter((other) => other !== order))} onVerdict={(findings) => setVerdicts((known) => new Map(known).set(orderKey(order), findings))} />
              ))}
            </div>
          )}
        </div>
        <StartBar projectId={projectId} orders={orders} isHeld={orders.some((order) => isHeld(order, verdicts.get(orderKey(order))))} />
      </section>
      <aside aria-labelledby="made" className="flex min-h-0 flex-col border-l border-line bg-surface">
        <h2 id="made" className="border-b border-line px-4 py-2.5 font-semibold">{exporting.made}</h2>
        <Made projectId={projectId} />
        <Deliveries projectId={projectId} />
      </aside>
    </div>
  );
}

/** What pre-flight refuses waits for a reason; what it has not looked at yet is looked at again by the engine. */
function isHeld(order: ExportOrder, findings: readonly Finding[] | undefined): boolean {
  return findings !== undefined && isRefused(findings) && !order.overrideReason;
}

function StartBar({ projectId, orders, isHeld: held }: { readonly projectId: string; readonly orders: readonly ExportOrder[]; readonly isHeld: boolean }) {
  const { exporting } = useStrings();
  const desktop = useDesktop();
  const queries = useQueryClient();
  const [folder, setFolder] = useState('');
  const start = useMutation({
    mutationFn: async () => {
      await flushProject();
      return await engine.exports.start({ projectId, orders: [...orders], ...(folder.trim() ? { outDir: folder.trim() } : {}) });
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['exports'] }),
    onError: (error) => toast.error(error),
  });
  const canStart = orders.length > 0 && !held;
  useCommands([{ id: 'export.start', label: exporting.startAll, group: exporting.group, keys: ['mod+enter'], isGlobal: true, isDisabled: !canStart || start.isPending, run: () => start.mutate() }]);
  const pick = async (): Promise<void> => {
    const { path } = await engine.desktop.pickFolder({ title: exporting.pickFolder });
    if (path) setFolder(path);
  };
  return (
    <footer className="flex shrink-0 items-end gap-3 border-t border-line bg-surface p-3">
      <TextField label={exporting.folder} placeholder={exporting.defaultFolder} value={folder} onChange={({ target }) => setFolder(target.value)} className="flex-1" />
      {desktop?.canPick && <IconButton label={exporting.pickFolder} onClick={() => void pick().catch(toast.error)}><FolderOpen aria-hidden className="size-4" /></IconButton>}
      <Button kind="primary" size="large" isBusy={start.isPending} disabled={!canStart} onClick={() => start.mutate()} title={held ? exporting.heldBack : undefined}>{exporting.start(orders.length)}<Kbd keys="mod+enter" /></Button>
    </footer>
  );
}

function Made({ projectId }: { readonly projectId: string }) {
  const { exporting } = useStrings();
  const { data } = useExports(projectId);
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      {data?.length ? <ul className="divide-y divide-line">{data.map((row) => <ExportRow key={row.id} row={row} />)}</ul> : <EmptyState title={exporting.noneMade} text={exporting.noneMadeText} />}
    </div>
  );
}
