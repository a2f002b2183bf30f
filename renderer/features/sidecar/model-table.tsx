import { ExternalLink } from 'lucide-react';
import { engine } from '../../api/connection.ts';
import { useLanguage, useStrings } from '../../strings/index.ts';
import { Badge } from '../../ui/controls.tsx';
import { cx } from '../../ui/cx.ts';
import { formatBytes } from '../settings/format-bytes.ts';
import { Card } from '../settings/section.tsx';
import { groupModels, mayFetch } from './choose-models.ts';
import type { Model } from './sidecar-store.ts';

interface ModelTableProps {
  readonly models: readonly Model[];
  readonly chosen: ReadonlySet<string>;
  readonly isDisabled: boolean;
  onToggle(id: string): void;
}

const HEAD = 'px-3 py-2 text-left text-[11px] font-medium text-muted';
const CELL = 'px-3 py-2 align-top';

/** Models by what they are for. */
export function ModelTable({ models, chosen, isDisabled, onToggle }: ModelTableProps) {
  const { sidecar: words } = useStrings();
  const groups = groupModels(models, (use) => words.capability[use] ?? words.otherUse);
  return (
    <Card className="overflow-hidden">
      <table className="w-full table-fixed border-collapse">
        <colgroup><col className="w-10" /><col /><col className="w-24" /><col className="w-44" /><col className="w-32" /><col className="w-20" /><col className="w-28" /></colgroup>
        <thead className="border-b border-line">
          <tr>
            <th className={HEAD}><span className="sr-only">{words.choosePull}</span></th>
            <th scope="col" className={HEAD}>{words.column.model}</th>
            <th scope="col" className={cx(HEAD, 'text-right')}>{words.column.size}</th>
            <th scope="col" className={HEAD}>{words.column.license}</th>
            <th scope="col" className={HEAD}>{words.column.commercial}</th>
            <th scope="col" className={HEAD}>{words.column.gpu}</th>
            <th scope="col" className={HEAD}>{words.column.state}</th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.title} className="border-b border-line last:border-b-0">
            <tr><th scope="rowgroup" colSpan={7} className="bg-sunken/60 px-3 py-1.5 text-left text-xs font-semibold">{group.title}</th></tr>
            {group.models.map((model) => <ModelRow key={model.id} model={model} isChosen={chosen.has(model.id)} isDisabled={isDisabled} onToggle={onToggle} />)}
          </tbody>
        ))}
      </table>
    </Card>
  );
}

function ModelRow({ model, isChosen, isDisabled, onToggle }: { readonly model: Model; readonly isChosen: boolean; readonly isDisabled: boolean; onToggle(id: string): void }) {
  const { sidecar: words } = useStrings();
  const language = useLanguage();
  const commercial = model.allowsCommercialUse === null ? 'ask' : model.allowsCommercialUse ? 'yes' : 'no';
  return (
    <tr className={cx('border-t border-line/60 first:border-t-0', isChosen && 'bg-accent-soft/50')}>
      <td className={cx(CELL, 'pr-0')}>{mayFetch(model) && <input type="checkbox" checked={isChosen} disabled={isDisabled} aria-label={words.select(model.name)} onChange={() => onToggle(model.id)} className="mt-0.5 size-4 accent-accent" />}</td>
      <td className={CELL}>
        <div className="[overflow-wrap:anywhere]">{model.name}</div>
        {model.problem && <p className="mt-0.5 text-xs text-danger">{model.problem}</p>}
        {model.conditions !== '' && <p className="mt-0.5 text-xs text-muted">{model.conditions}</p>}
      </td>
      <td className={cx(CELL, 'text-right whitespace-nowrap tabular-nums')}>{model.sizeBytes > 0 ? formatBytes(model.sizeBytes, language) : words.sizeUnknown}</td>
      <td className={cx(CELL, 'text-xs leading-5')}><License model={model} /></td>
      <td className={CELL}>{commercial === 'yes' ? <span className="text-xs leading-5 text-muted">{words.commercial.yes}</span> : <Badge tone={commercial === 'ask' ? 'warning' : 'danger'}>{words.commercial[commercial]}</Badge>}</td>
      <td className={cx(CELL, 'whitespace-nowrap tabular-nums')}>{words.gpu(model.vramTierGb)}</td>
      <td className={CELL}><Presence model={model} /></td>
    </tr>
  );
}

function License({ model }: { readonly model: Model }) {
  const { sidecar: words } = useStrings();
  const { licenseUrl } = model;
  if (licenseUrl === null) return model.license;
  return (
    <a href={licenseUrl} target="_blank" rel="noreferrer" onClick={(event) => { event.preventDefault(); void open(licenseUrl); }} aria-label={`${model.license}, ${words.publisher(model.name)}`} className="inline-flex items-baseline gap-1 underline decoration-line-strong underline-offset-2 hover:decoration-text">
      {model.license}<ExternalLink aria-hidden className="size-3 self-center" />
    </a>
  );
}

/** By the host where it has a desktop, else by this browser. */
async function open(url: string): Promise<void> {
  const { done } = await engine.desktop.openExternal({ url }).catch(() => ({ done: false })); // then this browser shows it
  if (!done) window.open(url, '_blank', 'noopener,noreferrer');
}

function Presence({ model }: { readonly model: Model }) {
  const { sidecar: words, common } = useStrings();
  switch (model.state) {
    case 'present': return <Badge tone="success">{words.present}</Badge>;
    case 'damaged': return <Badge tone="danger">{words.damaged}</Badge>;
    case 'partial': return <Badge tone="warning">{words.partial(common.percent(model.doneBytes / Math.max(1, model.sizeBytes)))}</Badge>;
    case 'missing': return <span className="text-xs leading-5 text-muted">{model.canPull ? words.missing : words.byHand}</span>;
  }
}
