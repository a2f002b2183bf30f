import type { Placement } from '#core/placements/schema.ts';

interface RowFacts {
  readonly state: string;
  readonly sizeBytes: number | null;
  readonly encoder: string | null;
  readonly path: string | null;
}

const MB = 1_000_000;

/** Words of the feature `exporting`. */
export const exporting = {
  group: 'Export', title: 'Exports', where: 'Where will it run?', files: 'Files to export', made: 'Exported files',
  platform: { tiktok: 'TikTok', meta: 'Meta', youtube: 'YouTube', google: 'Google Ads', amazon: 'Amazon', linkedin: 'LinkedIn', pinterest: 'Pinterest', snapchat: 'Snapchat', master: 'Everywhere else' },
  lengthOf({ length }: Placement): string {
    if (length.exact) return `${length.exact.values.join(', ')} s`;
    const [min, max] = [length.min[0]?.value, length.max[0]?.value];
    const spell = (seconds: number): string => (seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${seconds} s`);
    const range = min && max ? `${spell(min)} to ${spell(max)}` : max ? `up to ${spell(max)}` : min ? `from ${spell(min)}` : 'any length';
    return length.recommended ? `${range}, best ${length.recommended.from} to ${length.recommended.to} s` : range;
  },
  orderName: (platform: string, placement: string, ratio: string) => `${platform} ${placement}, ${ratio}`,
  orderFacts: (ratio: string, lufs: number) => `${{ '9:16': '1080 × 1920', '1:1': '1080 × 1080', '16:9': '1920 × 1080' }[ratio] ?? ratio} · ${lufs} LUFS`,
  rate: 'Frame rate', rateName: (rate: string) => `${rate} fps`, encoder: 'Encoder', autoEncoder: (best: string | undefined) => (best ? `Automatic (${best})` : 'Automatic'), encoderOff: (label: string, reason: string) => `${label}: ${reason}`,
  takeOut: 'Take out', checking: 'Checking', refused: 'Would be refused', warnings: (count: number) => (count === 1 ? '1 warning' : `${count} warnings`), ready: 'Ready',
  severity: { refuse: 'Refused', warn: 'Warning', info: 'Note' },
  foundWanted: (found: string | null, wanted: string | null) => [found && `Found: ${found}`, wanted && `Wanted: ${wanted}`].filter(Boolean).join(' · '),
  evidence: (source: string, confidence: string, checked: string) => `${source || 'AdGen Studio'} · ${{ official: 'the platform\'s own page', 'third-party': 'third party', unconfirmed: 'unconfirmed', own: 'our own rule' }[confidence] ?? confidence} · checked ${checked}`,
  fix: {
    trimTo: (length: string) => `Trim to ${length}`, extendTo: (length: string) => `Extend to ${length}`, useRate: (rate: string) => `Use ${rate} fps`, useRatio: (ratio: string) => `Use ${ratio}`, useLoudness: (lufs: string) => `Use ${lufs} LUFS`,
    moveCaption: () => 'Move the words', enlargeCaption: () => 'Enlarge the words', lengthenCaption: () => 'Show them longer', autoColour: () => 'Choose the colour for me',
  },
  loudness: 'Loudness', loudnessAsAsked: (lufs: string) => `As asked for (${lufs} LUFS)`, loudnessOf: (lufs: string) => `${lufs} LUFS`, passed: 'All checks passed',
  override: 'Export all the same, because', overrideHint: 'The reason is kept with the file.', heldBack: 'A file would be refused. Fix it, take it out, or say why it is wanted all the same.',
  folder: 'Folder', defaultFolder: 'Your export folder', pickFolder: 'Choose a folder', start: (count: number) => (count === 0 ? 'Export' : count === 1 ? 'Export 1 file' : `Export ${count} files`), startAll: 'Export the chosen files',
  chooseFirst: 'Choose where the advert will run', chooseFirstText: 'Each choice is one file, made and checked for that place. Nothing is encoded before you start.',
  noneMade: 'Nothing exported yet', noneMadeText: 'Finished files appear here, checked once more as they are.',
  nothingYet: 'Nothing has been exported yet', nothingYetText: 'Open a project and choose where its advert will run.', toProjects: 'To the projects', underWay: 'Under way', finished: 'Finished',
  state: { queued: 'Waiting', running: 'Being made', succeeded: 'Finished', failed: 'Failed', canceled: 'Canceled' } as Record<string, string>,
  rowFacts: ({ state, sizeBytes, encoder, path }: RowFacts) => [exportingState(state), sizeBytes === null ? '' : `${(sizeBytes / MB).toFixed(1)} MB`, encoder ?? '', path ?? ''].filter(Boolean).join(' · '),
  progressOf: (name: string) => `Progress of ${name}`, cancel: (name: string) => `Cancel ${name}`, forget: 'Take off the list', play: (name: string) => `Play ${name}`, reveal: 'Show in the file manager', download: 'Download', dragOut: 'Drag the file out', asGif: 'Copy as GIF', asWebm: 'Copy as WebM', found: (count: number) => (count === 1 ? '1 finding' : `${count} findings`),
  written: (path: string) => `Written to ${path}`,
  handOver: 'Hand over', delivery: 'Delivery ZIP', deliveryText: 'Films, stills, captions, the document, provenance and the fidelity report in one file.', report: 'Client report', reportText: 'One page that shows your client how true the product is, and what was generated.',
};

function exportingState(state: string): string {
  return { queued: 'Waiting', running: 'Being made', failed: 'Failed', canceled: 'Canceled' }[state] ?? '';
}
