import { ToggleGroup } from 'radix-ui';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { useStrings } from '../../strings/index.ts';
import { Segments, Slider } from '../../ui/controls.tsx';
import { DURATIONS } from './draft.ts';
import { changeDraft, useDraft } from './draft-store.ts';

const SHAPES: Readonly<Record<Ratio, string>> = { '9:16': 'h-9 w-5', '1:1': 'size-7', '16:9': 'h-5 w-9' };

/** In which shapes, how long, and in how many scenes. */
export function FormatSection() {
  const { newAdvert, common } = useStrings();
  const ratios = useDraft((state) => state.draft.ratios);
  const seconds = useDraft((state) => state.draft.seconds);
  const sceneCount = useDraft((state) => state.draft.sceneCount);
  return (
    <div className="flex flex-col gap-3">
      <ToggleGroup.Root type="multiple" aria-label={newAdvert.formats} value={ratios} onValueChange={(next) => next.length > 0 && changeDraft({ ratios: RATIOS.filter((ratio) => next.includes(ratio)) })} className="grid grid-cols-3 gap-2">
        {RATIOS.map((ratio) => (
          <ToggleGroup.Item key={ratio} value={ratio} className="group flex items-center gap-2 rounded-lg border border-line bg-surface px-2.5 py-2 text-left text-muted hover:border-line-strong data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-text">
            <span aria-hidden className="flex size-10 shrink-0 items-center justify-center"><span className={`${SHAPES[ratio]} rounded-sm border-2 border-current group-data-[state=on]:border-accent`} /></span>
            <span className="min-w-0"><span className="block font-semibold">{ratio}</span><span className="block text-[11px] leading-tight">{newAdvert.places[ratio]}</span></span>
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
      <div className="grid grid-cols-2 items-end gap-4">
        <div className="flex flex-col gap-1">
          <span className="text-xs font-medium text-muted">{newAdvert.duration}</span>
          <Segments label={newAdvert.duration} value={String(seconds)} options={DURATIONS.map((each) => ({ value: String(each.seconds), label: common.seconds(each.seconds) }))} onChange={(value) => { const chosen = DURATIONS.find((each) => String(each.seconds) === value); if (chosen) changeDraft({ seconds: chosen.seconds, sceneCount: chosen.scenes }); }} />
        </div>
        <Slider label={newAdvert.scenes} value={sceneCount} min={3} max={8} step={1} format={String} onChange={(next) => changeDraft({ sceneCount: next })} />
      </div>
    </div>
  );
}
