import type { Strings } from '../index.ts';

const number = (value: number, digits = 1): string => value.toLocaleString('de', { maximumFractionDigits: digits });
const length = (seconds: number): string => (seconds < 90 ? `${number(seconds, 0)} s` : `${number(seconds / 60, 0)} min`);

const PROVIDERS: Readonly<Record<string, string>> = { embedded: 'Eingebaut', comfyui: 'ComfyUI', openai: 'Sprachmodell', alpha: 'Die Datei selbst', onnx: 'Ihr ONNX-Modell', ffmpeg: 'FFmpeg' };

/** Words of the feature `newAdvert`. */
export const newAdvert: Strings['newAdvert'] = {
  locale: 'de',
  title: 'Neuer Spot', subtitle: 'Beginnen Sie mit einem Foto des Produkts. Alles Weitere ist freiwillig.',
  photos: 'Produktfotos', dropHere: 'Produktfoto hierher ziehen', dropHint: 'oder einfügen. JPEG, PNG, WebP, AVIF, TIFF oder HEIC, bis zu 12 Fotos desselben Produkts.', dropNow: 'Loslassen zum Hinzufügen', pick: 'Fotos wählen …', addPhotos: 'Weitere Fotos hinzufügen',
  trySample: 'Beispielprodukt ausprobieren', sampleLost: 'Das Beispielprodukt ist nicht lesbar. Nehmen Sie ein eigenes Foto.',
  sampleBrief: { productName: 'Fizzo', description: 'Prickelnde Blutorangenlimonade, leicht gesüßt', audience: 'Alle, die es frisch mögen', message: 'Der Geschmack langer Abende', callToAction: 'Jetzt probieren', tone: 'playful', language: 'de' },
  uploading: 'Foto wird übernommen …', cutting: 'Produkt wird freigestellt …', cutOutAgain: 'Erneut versuchen',
  before: 'Foto', after: 'Freigestellt', beforeAlt: 'Das Foto, wie es kam', afterAlt: 'Das freigestellte Produkt', compare: 'Foto und Freisteller vergleichen',
  ground: 'Zeigen auf', grounds: { checker: 'Schachbrett', light: 'Weiß', dark: 'Schwarz', brand: 'Markenfarbe' },
  correct: 'Korrigieren …', corrected: 'Von Hand korrigiert', removePhoto: (name) => `${name} entfernen`, putAway: 'Ausblenden',
  refused: {
    folder: (name) => `„${name}“ ist ein Ordner. Öffnen Sie ihn und ziehen Sie die Fotos darin herüber.`,
    kind: (name) => `„${name}“ ist kein Foto. Nehmen Sie ein Bild in JPEG, PNG, WebP, AVIF, TIFF oder HEIC.`,
    size: (name) => `„${name}“ ist größer als 200 MB. Speichern Sie eine kleinere Kopie.`,
    empty: (name) => `„${name}“ ist leer. Exportieren oder laden Sie die Datei neu.`,
    count: (count) => `Ein Spot nimmt 12 Fotos; ${count} ${count === 1 ? 'weiteres blieb' : 'weitere blieben'} draußen.`,
  },
  uploadLost: (name) => `„${name}“ kam nicht an, weil die Engine nicht erreichbar war. Fügen Sie das Foto erneut hinzu.`,
  briefTitle: 'Briefing', briefHint: 'Nur was hier steht, sagt der Spot.',
  fields: { productName: 'Produktname', description: 'Was es ist', audience: 'Für wen', message: 'Kernbotschaft', callToAction: 'Handlungsaufruf' },
  examples: { productName: 'Fizzo', description: 'Prickelnde Blutorangenlimonade, leicht gesüßt', audience: 'Alle, die es frisch mögen', message: 'Der Geschmack langer Abende', callToAction: 'Jetzt probieren' },
  left: (count) => `Noch ${count} Zeichen`,
  tone: 'Ton', toneAuto: 'Nach dem Produkt', tones: { bold: 'Kräftig', playful: 'Verspielt', elegant: 'Elegant', warm: 'Warm', minimal: 'Reduziert', natural: 'Natürlich', tech: 'Technisch', calm: 'Ruhig' },
  language: 'Sprache', languageAuto: 'Nach dem Text',
  formatTitle: 'Format', formats: 'Formate', places: { '9:16': 'Stories, Reels, TikTok', '1:1': 'Feeds', '16:9': 'YouTube, Web' }, duration: 'Länge', scenes: 'Szenen',
  brandTitle: 'Marke', brandHint: 'Ohne Angabe richtet sich der Stil nach dem Produkt.', brandKit: 'Markenpaket', noKit: 'Kein Paket', unnamedKit: 'Paket ohne Namen',
  colors: 'Markenfarben', colorNames: { primary: 'Haupt', secondary: 'Zweite', accent: 'Akzent', background: 'Grund', text: 'Text' }, clearColor: (name) => `Zurücksetzen: ${name}`,
  headingFont: 'Schrift der Überschriften', bodyFont: 'Schrift der Texte', fontAuto: 'Passend zum Ton', kitName: 'Diesen Stil behalten als', kitNameExample: 'Name der Marke', keepKit: 'Als Paket behalten', kitKept: (name) => `„${name}“ ist gespeichert.`,
  engineTitle: 'Gemacht von', engine: 'Engine', engines: { auto: 'Automatisch', comfyui: 'ComfyUI', embedded: 'Eingebaut' },
  time: 'Zeit', memory: 'Grafikspeicher', cost: 'Kosten', free: 'Kostenlos', noGpu: 'Keiner nötig', basis: { measured: 'hier gemessen', estimated: 'geschätzt' },
  range: (from, to) => (length(from) === length(to) ? length(to) : `${length(from)} – ${length(to)}`), gigabytes: (bytes) => `${number(bytes / 1e9)} GB`, dollars: (value) => `${number(value, 2)} $`,
  capabilities: { plan: 'Drehbuch', cutout: 'Freisteller', backdrop: 'Hintergründe', music: 'Musik', render: 'Film' }, provider: (id) => PROVIDERS[id] ?? id,
  make: 'Spot erstellen', beginAnew: 'Neu beginnen', missing: { photo: 'Fügen Sie ein Foto des Produkts hinzu.', ratio: 'Wählen Sie mindestens ein Format.' }, waitingForUpload: 'Beginnt, sobald das Foto da ist …',
  summary: (ratios, seconds, scenes) => `${ratios} ${ratios === 1 ? 'Film' : 'Filme'} mit ${number(seconds)} s und ${ratios} ${ratios === 1 ? 'Standbild' : 'Standbilder'}, ${scenes} Szenen`,
  maskEditor: 'Freisteller', maskTitle: 'Freisteller korrigieren', maskCanvas: 'Das Foto, das Produkt voll und der Rest abgedunkelt. Pfeiltasten bewegen den Pinsel, die Leertaste malt.', maskHint: 'Mausrad zoomt, rechte Taste verschiebt. [ ] Größe, X wechselt.', openingPhoto: 'Foto wird geöffnet …',
  brush: 'Pinsel', brushAdd: 'Hinzufügen', brushRemove: 'Entfernen', brushSize: 'Größe', brushHardness: 'Härte', feather: 'Weiche Kante', pixels: (value) => `${number(value)} px`,
  swapBrush: 'Hinzufügen und Entfernen tauschen', smallerBrush: 'Kleinerer Pinsel', largerBrush: 'Größerer Pinsel', zoomIn: 'Vergrößern', zoomOut: 'Verkleinern', zoomFit: 'Ganzes Foto', resetMask: 'Zurück zum automatischen Freisteller', applyMask: 'Anwenden',
};
