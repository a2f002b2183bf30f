import { CircleAlert, Info, TriangleAlert, Wrench } from 'lucide-react';
import type { Finding } from '#core/placements/preflight/finding.ts';
import { useStrings } from '../../strings/index.ts';
import { sayFinding } from '../../strings/say.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { fixLabel } from './fix-label.ts';

const LOOKS = {
  refuse: { icon: CircleAlert, color: 'text-danger' },
  warn: { icon: TriangleAlert, color: 'text-warning' },
  info: { icon: Info, color: 'text-muted' },
} as const;

/** One thing that pre-flight says: how grave, what was found, what is asked for, who says so, and what can be done at once. */
export function FindingRow({ finding, onFix }: { readonly finding: Finding; onFix?(fix: NonNullable<Finding['fix']>): void }) {
  const { exporting } = useStrings();
  const { message, found, wanted } = sayFinding(finding);
  const { icon: Icon, color } = LOOKS[finding.severity];
  return (
    <li className="flex gap-2.5 py-2">
      <Icon role="img" aria-label={exporting.severity[finding.severity]} className={cx('mt-0.5 size-4 shrink-0', color)} />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">{message}</p>
        {(found ?? wanted) && <p className="text-xs text-muted wrap-anywhere">{exporting.foundWanted(found, wanted)}</p>}
        <p className="text-[11px] text-muted wrap-anywhere">{exporting.evidence(finding.source ?? '', finding.confidence, finding.checked)}</p>
      </div>
      {finding.fix && onFix && <Button size="small" icon={<Wrench aria-hidden className="size-3" />} onClick={() => finding.fix && onFix(finding.fix)}>{fixLabel(finding.fix, exporting)}</Button>}
    </li>
  );
}
