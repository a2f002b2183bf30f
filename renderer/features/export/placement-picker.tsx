import { Check } from 'lucide-react';
import { PLACEMENTS } from '#core/placements/placements.ts';
import type { ExportOrder } from '#core/placements/preflight/finding.ts';
import { PLATFORMS } from '#core/placements/schema.ts';
import type { Placement } from '#core/placements/schema.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { useStrings } from '../../strings/index.ts';
import { cx } from '../../ui/cx.ts';
import { orderKey } from './order-list.ts';
import { ZonePicture } from './zone-picture.tsx';

interface PlacementPickerProps {
  readonly orders: readonly ExportOrder[];
  onToggle(placement: Placement, ratio: Ratio): void;
}

/** Every placement by platform, each with the ratios that it takes as switches. */
export function PlacementPicker({ orders, onToggle }: PlacementPickerProps) {
  const { exporting } = useStrings();
  const chosen = new Set(orders.map(orderKey));
  return (
    <div className="flex flex-col gap-4 p-3">
      {PLATFORMS.map((platform) => (
        <section key={platform} aria-labelledby={`platform-${platform}`}>
          <h3 id={`platform-${platform}`} className="mb-1 px-1 text-xs font-semibold text-muted">{exporting.platform[platform]}</h3>
          <ul className="flex flex-col">
            {PLACEMENTS.filter((placement) => placement.platform === platform).map((placement) => (
              <li key={placement.id} className="flex min-h-11 items-center justify-between gap-2 rounded-md px-1 py-0.5 hover:bg-raised">
                <div className="min-w-0">
                  <p>{placement.name}</p>
                  <p className="text-[11px] text-muted">{exporting.lengthOf(placement)}</p>
                </div>
                <div className="flex shrink-0 gap-1">
                  {placement.ratios.values.map((ratio) => <RatioToggle key={ratio} placement={placement} ratio={ratio} isOn={chosen.has(orderKey({ placementId: placement.id, ratio }))} onToggle={onToggle} />)}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function RatioToggle({ placement, ratio, isOn, onToggle }: { readonly placement: Placement; readonly ratio: Ratio; readonly isOn: boolean; onToggle(placement: Placement, ratio: Ratio): void }) {
  const { exporting } = useStrings();
  return (
    <button type="button" aria-pressed={isOn} aria-label={exporting.orderName(exporting.platform[placement.platform], placement.name, ratio)} onClick={() => onToggle(placement, ratio)} className={cx('relative flex h-10 w-9 flex-col items-center justify-end gap-0.5 rounded-md border pb-0.5 text-[11px]', isOn ? 'border-accent bg-accent-soft text-text' : 'border-transparent text-muted hover:border-line-strong')}>
      <span className="flex flex-1 items-center"><ZonePicture ratio={ratio} placement={placement} height={20} /></span>
      {ratio}
      {isOn && <Check aria-hidden className="absolute top-0 right-0 size-3 rounded-full bg-accent text-on-accent" />}
    </button>
  );
}
