/** What is looked at, and how: ratio, size, resolution, guides. */
import { Frame, Maximize, Minimize } from 'lucide-react';
import { RATIOS } from '#core/project/ratio.ts';
import type { Ratio } from '#core/project/ratio.ts';
import { useStrings } from '../../strings/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { Popover, Segments, Switch } from '../../ui/controls.tsx';
import { Select } from '../../ui/select.tsx';
import { chosenZone, zonesOf } from './canvas/zone-choice.ts';
import { RESOLUTIONS, setStage, useStageSettings } from './stage-settings.ts';
import type { Resolution } from './stage-settings.ts';
import { StageStatus } from './stage-status.tsx';

const ZOOMS = [0.25, 0.5, 0.75, 1, 2] as const;

interface StageToolbarProps {
  readonly isFullscreen: boolean;
  onFullscreen(): void;
}

/** Stands over the picture. */
export function StageToolbar({ isFullscreen, onFullscreen }: StageToolbarProps) {
  const { preview, common } = useStrings();
  const { ratio, isSplit, zoom, resolution } = useStageSettings();
  const zoomText = String(zoom);
  const zooms = [...new Set(['fit', zoomText, ...ZOOMS.map(String)])].map((value) => ({ value, label: value === 'fit' ? preview.zoomFit : common.percent(Number(value)) }));
  return (
    <div className="flex h-10 shrink-0 items-center gap-2 border-b border-line bg-surface px-2">
      <Segments<Ratio | 'all'>
        label={preview.ratio} value={isSplit ? 'all' : ratio}
        options={[...RATIOS.map((value) => ({ value, label: value })), { value: 'all' as const, label: preview.all }]}
        onChange={(value) => setStage(value === 'all' ? { isSplit: true } : { ratio: value, isSplit: false })}
      />
      <div className="min-w-0 flex-1"><StageStatus ratio={ratio} /></div>
      <Select label={preview.zoom} isLabelHidden value={zoomText} options={zooms} onChange={(value) => setStage({ zoom: value === 'fit' ? 'fit' : Number(value) })} className="w-24" />
      <Select<Resolution> label={preview.resolution} isLabelHidden value={resolution} options={RESOLUTIONS.map((value) => ({ value, label: preview.resolutions[value] }))} onChange={(value) => setStage({ resolution: value })} className="w-28" />
      <Popover label={preview.overlays} content={<GuideSettings />}>
        <IconButton label={preview.overlays} shortcut="g"><Frame aria-hidden className="size-4" /></IconButton>
      </Popover>
      <IconButton label={isFullscreen ? preview.leaveFullscreen : preview.fullscreen} shortcut="f" onClick={onFullscreen}>{isFullscreen ? <Minimize aria-hidden className="size-4" /> : <Maximize aria-hidden className="size-4" />}</IconButton>
    </div>
  );
}

function GuideSettings() {
  const { preview } = useStrings();
  const { ratio, zone, hasThirds, hasGrid, isSnapping } = useStageSettings();
  const shown = chosenZone(zone, ratio);
  return (
    <div className="flex w-72 flex-col gap-3">
      <Select
        label={`${preview.safeZone} · ${ratio}`} value={shown?.id ?? 'off'} options={[{ value: 'off', label: preview.noZone }, ...zonesOf(ratio).map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(value) => setStage({ zone: value })} {...(shown ? { hint: preview.zoneSource(shown.source, shown.checked) } : {})}
      />
      <Switch label={preview.thirds} isOn={hasThirds} onChange={(isOn) => setStage({ hasThirds: isOn })} />
      <Switch label={preview.grid} isOn={hasGrid} onChange={(isOn) => setStage({ hasGrid: isOn })} />
      <Switch label={preview.snapping} isOn={isSnapping} onChange={(isOn) => setStage({ isSnapping: isOn })} />
    </div>
  );
}
