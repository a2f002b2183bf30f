import { useLanguage, useStrings } from '../../strings/index.ts';
import { formatBytes } from '../settings/format-bytes.ts';

/** How much memory of the graphics card, or without one of the machine, is in use. */
export function MemoryBar({ totalBytes, freeBytes, isProcessor }: { readonly totalBytes: number; readonly freeBytes: number; readonly isProcessor: boolean }) {
  const { sidecar: words } = useStrings();
  const language = useLanguage();
  const label = isProcessor ? words.mainMemory : words.memory;
  const share = Math.min(1, Math.max(0, 1 - freeBytes / Math.max(1, totalBytes)));
  const text = words.memoryUsed(formatBytes(totalBytes - freeBytes, language), formatBytes(totalBytes, language));
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex justify-between text-xs"><span className="text-muted">{label}</span><span className="tabular-nums">{text}</span></div>
      <div role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)} aria-valuetext={text} className="h-1.5 overflow-hidden rounded-full bg-line">
        <div className={share > 0.9 ? 'h-full rounded-full bg-warning' : 'h-full rounded-full bg-track-scene'} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
