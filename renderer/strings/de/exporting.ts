import type { Strings } from '../index.ts';

const MB = 1_000_000;
const STATES: Readonly<Record<string, string>> = { queued: 'Wartet', running: 'Wird erstellt', succeeded: 'Fertig', failed: 'Fehlgeschlagen', canceled: 'Abgebrochen' };

/** Words of the feature `exporting`. */
export const exporting: Strings['exporting'] = {
  group: 'Export', title: 'Exporte', where: 'Wo soll der Spot laufen?', files: 'Zu exportierende Dateien', made: 'Exportierte Dateien',
  platform: { tiktok: 'TikTok', meta: 'Meta', youtube: 'YouTube', google: 'Google Ads', amazon: 'Amazon', linkedin: 'LinkedIn', pinterest: 'Pinterest', snapchat: 'Snapchat', master: 'Überall sonst' },
  lengthOf({ length }) {
    if (length.exact) return `${length.exact.values.join(', ')} s`;
    const [min, max] = [length.min[0]?.value, length.max[0]?.value];
    const spell = (seconds: number): string => (seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${seconds} s`);
    const range = min && max ? `${spell(min)} bis ${spell(max)}` : max ? `bis ${spell(max)}` : min ? `ab ${spell(min)}` : 'jede Länge';
    return length.recommended ? `${range}, am besten ${length.recommended.from} bis ${length.recommended.to} s` : range;
  },
  orderName: (platform, placement, ratio) => `${platform} ${placement}, ${ratio}`,
  orderFacts: (ratio, lufs) => `${{ '9:16': '1080 × 1920', '1:1': '1080 × 1080', '16:9': '1920 × 1080' }[ratio] ?? ratio} · ${lufs} LUFS`,
  rate: 'Bildrate', rateName: (rate) => `${rate.replace('.', ',')} B/s`, encoder: 'Encoder', autoEncoder: (best) => (best ? `Automatisch (${best})` : 'Automatisch'), encoderOff: (label, reason) => `${label}: ${reason}`,
  takeOut: 'Herausnehmen', checking: 'Wird geprüft', refused: 'Würde abgelehnt', warnings: (count) => (count === 1 ? '1 Warnung' : `${count} Warnungen`), ready: 'Bereit',
  severity: { refuse: 'Abgelehnt', warn: 'Warnung', info: 'Hinweis' },
  foundWanted: (found, wanted) => [found && `Gefunden: ${found}`, wanted && `Verlangt: ${wanted}`].filter(Boolean).join(' · '),
  evidence: (source, confidence, checked) => `${source || 'AdGen Studio'} · ${{ official: 'Seite der Plattform', 'third-party': 'Dritte', unconfirmed: 'unbestätigt', own: 'unsere eigene Regel' }[confidence] ?? confidence} · geprüft am ${checked}`,
  fix: {
    trimTo: (length) => `Auf ${length} kürzen`, extendTo: (length) => `Auf ${length} verlängern`, useRate: (rate) => `${rate} fps verwenden`, useRatio: (ratio) => `${ratio} verwenden`, useLoudness: (lufs) => `${lufs} LUFS verwenden`,
    moveCaption: () => 'Worte verschieben', enlargeCaption: () => 'Worte vergrößern', lengthenCaption: () => 'Länger zeigen', autoColour: () => 'Farbe für mich wählen',
  },
  loudness: 'Lautheit', loudnessAsAsked: (lufs) => `Wie verlangt (${lufs} LUFS)`, loudnessOf: (lufs) => `${lufs} LUFS`, passed: 'Alle Prüfungen bestanden',
  override: 'Trotzdem exportieren, weil', overrideHint: 'Der Grund wird mit der Datei aufbewahrt.', heldBack: 'Eine Datei würde abgelehnt. Beheben Sie es, nehmen Sie sie heraus oder nennen Sie den Grund, aus dem sie trotzdem gewünscht ist.',
  folder: 'Ordner', defaultFolder: 'Ihr Exportordner', pickFolder: 'Ordner wählen', start: (count) => (count === 0 ? 'Exportieren' : count === 1 ? '1 Datei exportieren' : `${count} Dateien exportieren`), startAll: 'Gewählte Dateien exportieren',
  chooseFirst: 'Wählen Sie, wo der Spot laufen soll', chooseFirstText: 'Jede Wahl ist eine Datei, für diesen Ort erstellt und geprüft. Vor dem Start wird nichts kodiert.',
  noneMade: 'Noch nichts exportiert', noneMadeText: 'Fertige Dateien erscheinen hier, noch einmal geprüft, so wie sie sind.',
  nothingYet: 'Es wurde noch nichts exportiert', nothingYetText: 'Öffnen Sie ein Projekt und wählen Sie, wo sein Spot laufen soll.', toProjects: 'Zu den Projekten', underWay: 'In Arbeit', finished: 'Fertig',
  state: STATES,
  rowFacts: ({ state, sizeBytes, encoder, path }) => [state === 'succeeded' ? '' : (STATES[state] ?? ''), sizeBytes === null ? '' : `${(sizeBytes / MB).toLocaleString('de', { maximumFractionDigits: 1 })} MB`, encoder ?? '', path ?? ''].filter(Boolean).join(' · '),
  progressOf: (name) => `Fortschritt von ${name}`, cancel: (name) => `${name} abbrechen`, forget: 'Von der Liste nehmen', play: (name) => `${name} abspielen`, reveal: 'Im Dateimanager zeigen', download: 'Herunterladen', dragOut: 'Datei herausziehen', asGif: 'Als GIF kopieren', asWebm: 'Als WebM kopieren', found: (count) => (count === 1 ? '1 Befund' : `${count} Befunde`),
  written: (path) => `Geschrieben nach ${path}`,
  handOver: 'Übergeben', delivery: 'Lieferung als ZIP', deliveryText: 'Filme, Standbilder, Untertitel, Dokument, Herkunft und Treuebericht in einer Datei.', report: 'Bericht für Kunden', reportText: 'Eine Seite, die Ihrem Kunden zeigt, wie getreu das Produkt ist und was erzeugt wurde.',
};
