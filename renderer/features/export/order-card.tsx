import { useQuery } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import { applyOrderFix, applyProjectFix, isProjectFix } from '#core/placements/fixes.ts';
import type { Fix } from '#core/placements/fixes.ts';
import { placementById, targetLoudness } from '#core/placements/placements.ts';
import { isRefused } from '#core/placements/preflight/finding.ts';
import type { ExportOrder, Finding } from '#core/placements/preflight/finding.ts';
import { EXPORT_RATE_NAMES } from '#core/placements/schema.ts';
import { engine } from '../../api/connection.ts';
import { useStrings } from '../../strings/index.ts';
import { IconButton, Spinner } from '../../ui/button.tsx';
import { Badge } from '../../ui/controls.tsx';
import { TextField } from '../../ui/field.tsx';
import { Select } from '../../ui/select.tsx';
import { messageOf } from '../../strings/say.ts';
import { toast } from '../../ui/toast.ts';
import { editProject, flushProject, useProject } from '../project/project-store.ts';
import { FindingRow } from './finding-row.tsx';
import { useEncoders } from './use-encoders.ts';
import { ZonePicture } from './zone-picture.tsx';

interface OrderCardProps {
  readonly projectId: string;
  readonly order: ExportOrder;
  onChange(order: ExportOrder): void;
  onRemove(): void;
  /** Told what pre-flight says, or undefined while it looks. */
  onVerdict(findings: readonly Finding[] | undefined): void;
}

/** A file that is wanted: how it will be made, and what pre-flight says about it. */
export function OrderCard({ projectId, order, onChange, onRemove, onVerdict }: OrderCardProps) {
  const { exporting } = useStrings();
  const placement = placementById(order.placementId);
  const { document, revision } = useProject();
  const { overrideReason: _reason, ...checked } = order;
  const check = useQuery({
    queryKey: ['preflight', projectId, revision, checked],
    queryFn: async ({ signal }) => {
      await flushProject();
      return await engine.exports.check({ projectId, order: checked }, { signal });
    },
    placeholderData: (before) => before,
  });
  const findings = check.isPlaceholderData ? undefined : check.data;
  useEffect(() => onVerdict(findings), [findings]); // oxlint-disable-line react/exhaustive-deps -- the parent's callback is new at every render; what it is told is not

  const fix = (wanted: Fix): void => {
    try {
      if (isProjectFix(wanted)) editProject('applyFix', (project) => applyProjectFix(project, wanted));
      else onChange(applyOrderFix(order, wanted));
    } catch (error) {
      toast.error(error);
    }
  };
  return (
    <article aria-label={exporting.orderName(exporting.platform[placement.platform], placement.name, order.ratio)} className="rounded-lg border border-line bg-surface">
      <header className="flex items-center gap-3 px-4 pt-3">
        <ZonePicture ratio={order.ratio} placement={placement} height={34} />
        <div className="min-w-0 flex-1">
          <h3 className="truncate font-semibold">{exporting.platform[placement.platform]} · {placement.name}</h3>
          <p className="text-xs text-muted">{exporting.orderFacts(order.ratio, order.loudnessLufs ?? targetLoudness(placement, document.soundtrack.loudnessLufs))}</p>
        </div>
        <Verdict findings={check.data} isLooking={check.isFetching} />
        <IconButton label={exporting.takeOut} size="small" onClick={onRemove}><X aria-hidden className="size-4" /></IconButton>
      </header>
      <div className="grid grid-cols-[110px_1fr_1fr] gap-3 px-4 pt-3">
        <Select label={exporting.rate} value={order.rate} options={EXPORT_RATE_NAMES.map((rate) => ({ value: rate, label: exporting.rateName(rate) }))} onChange={(rate) => onChange({ ...order, rate })} />
        <LoudnessSelect order={order} onChange={onChange} asked={targetLoudness(placement, document.soundtrack.loudnessLufs)} />
        <EncoderSelect order={order} onChange={onChange} />
      </div>
      {check.error && <p role="alert" className="px-4 pt-3 text-danger">{messageOf(check.error)}</p>}
      <ul className="divide-y divide-line/60 px-4 py-2">{check.data?.map((finding, index) => <FindingRow key={`${finding.rule} ${index}`} finding={finding} onFix={fix} />)}</ul>
      {check.data && isRefused(check.data) && (
        <div className="px-4 pb-4"><TextField label={exporting.override} hint={exporting.overrideHint} value={order.overrideReason ?? ''} maxLength={300} onChange={({ target }) => onChange(target.value.trim() ? { ...order, overrideReason: target.value } : checked)} /></div>
      )}
    </article>
  );
}

function EncoderSelect({ order, onChange }: Pick<OrderCardProps, 'order' | 'onChange'>) {
  const { exporting } = useStrings();
  const encoders = useEncoders();
  const options = [{ value: 'auto', label: exporting.autoEncoder(encoders.find(({ works }) => works)?.label) }, ...encoders.map(({ id, label, works, reason }) => ({ value: id, label: works ? label : exporting.encoderOff(label, reason ?? ''), isDisabled: !works }))];
  return <Select label={exporting.encoder} value={order.encoder} options={options} onChange={(encoder) => onChange({ ...order, encoder })} />;
}

const LEVELS = [-14, -16, -18, -20, -23, -24] as const;

/** The placement's loudness unless somebody chooses another one. */
function LoudnessSelect({ order: { loudnessLufs, ...order }, onChange, asked }: Pick<OrderCardProps, 'order' | 'onChange'> & { readonly asked: number }) {
  const { exporting } = useStrings();
  const levels = [...new Set([...LEVELS, ...(loudnessLufs === undefined ? [] : [loudnessLufs])])].sort((a, b) => b - a);
  const spell = (lufs: number): string => String(lufs).replace('-', '−');
  const options = [{ value: 'asked', label: exporting.loudnessAsAsked(spell(asked)) }, ...levels.map((lufs) => ({ value: String(lufs), label: exporting.loudnessOf(spell(lufs)) }))];
  return <Select label={exporting.loudness} value={loudnessLufs === undefined ? 'asked' : String(loudnessLufs)} options={options} onChange={(value) => onChange(value === 'asked' ? order : { ...order, loudnessLufs: Number(value) })} />;
}

function Verdict({ findings, isLooking }: { readonly findings: readonly Finding[] | undefined; readonly isLooking: boolean }) {
  const { exporting } = useStrings();
  if (isLooking || !findings) return <Badge><Spinner className="size-2.5" />{exporting.checking}</Badge>;
  if (isRefused(findings)) return <Badge tone="danger"><CircleAlert aria-hidden className="size-3" />{exporting.refused}</Badge>;
  const warnings = findings.filter(({ severity }) => severity === 'warn').length;
  if (warnings > 0) return <Badge tone="warning"><TriangleAlert aria-hidden className="size-3" />{exporting.warnings(warnings)}</Badge>;
  return <Badge tone="success"><CircleCheck aria-hidden className="size-3" />{exporting.ready}</Badge>;
}
