/** The words of the client's report, in the project's language. Plain words: whoever reads it has not made the advert. */

const en = {
  title: (name: string) => `${name}: report on the finished files`,
  intro: 'This page shows, for every finished file, that the product in the picture is the product of your photo, what was photographed and what was made, and which checks the file has passed. It holds everything in itself and can be read offline.',
  made: (date: string) => `Made on ${date} by AdGen Studio`,
  file: 'File', format: 'Format', length: 'Length', size: 'Size', picture: 'Picture', sound: 'Sound', encoder: 'Encoder',
  product: 'The product', fromPhoto: 'From your photo', fromFile: 'From the finished file', at: (seconds: string) => `at ${seconds} s`,
  deltaE: 'Colour difference (ΔE2000)', deltaEText: 'How far colours are from the photo. Below 1 no eye sees a difference; this studio allows 0.8 on average.',
  ssim: 'Likeness of structure (SSIM)', ssimText: 'Whether edges, print and texture are the same. 1 is identical; this studio asks for 0.97.',
  faithful: 'The product is true to the photo.', unfaithful: 'The product differs from the photo more than it should.', unmeasured: 'The product could not be measured in this file.',
  provenance: 'What is photographed, what is made',
  kinds: { digitalCapture: 'photographed', algorithmicMedia: 'drawn by a program, without a trained model', trainedAlgorithmicMedia: 'made by a generative model' } as Readonly<Record<string, string>>,
  productPart: 'Product', backdropPart: 'Backdrop', musicPart: 'Music',
  productNote: 'Cut out of the photo and placed into the picture. Its pixels were resampled, never generated or recoloured.',
  checks: 'Checks', passed: 'All checks passed.', remaining: 'Remarks', foundWanted: (found: string, wanted: string) => `found: ${found}; asked for: ${wanted}`,
  source: 'Source', refuse: 'must be changed', warn: 'worth a look', info: 'for information',
  override: 'Exported all the same, because:', silent: 'no sound', placementOf: (name: string) => `for ${name}`, photo: 'your photo', note: 'Note',
};

const de: typeof en = {
  title: (name) => `${name}: Bericht über die fertigen Dateien`,
  intro: 'Diese Seite zeigt für jede fertige Datei, dass das Produkt im Bild das Produkt Ihres Fotos ist, was fotografiert und was gemacht wurde, und welche Prüfungen die Datei bestanden hat. Sie enthält alles in sich und lässt sich ohne Netz lesen.',
  made: (date) => `Erstellt am ${date} mit AdGen Studio`,
  file: 'Datei', format: 'Format', length: 'Länge', size: 'Größe', picture: 'Bild', sound: 'Ton', encoder: 'Kodierer',
  product: 'Das Produkt', fromPhoto: 'Aus Ihrem Foto', fromFile: 'Aus der fertigen Datei', at: (seconds) => `bei ${seconds} s`,
  deltaE: 'Farbabstand (ΔE2000)', deltaEText: 'Wie weit die Farben vom Foto entfernt sind. Unter 1 sieht kein Auge einen Unterschied; dieses Studio erlaubt im Mittel 0,8.',
  ssim: 'Gleichheit der Struktur (SSIM)', ssimText: 'Ob Kanten, Druck und Oberfläche gleich sind. 1 ist völlig gleich; dieses Studio verlangt 0,97.',
  faithful: 'Das Produkt entspricht dem Foto.', unfaithful: 'Das Produkt weicht stärker vom Foto ab, als es sollte.', unmeasured: 'Das Produkt ließ sich in dieser Datei nicht messen.',
  provenance: 'Was fotografiert und was gemacht ist',
  kinds: { digitalCapture: 'fotografiert', algorithmicMedia: 'von einem Programm gezeichnet, ohne trainiertes Modell', trainedAlgorithmicMedia: 'von einem generativen Modell gemacht' },
  productPart: 'Produkt', backdropPart: 'Hintergrund', musicPart: 'Musik',
  productNote: 'Aus dem Foto freigestellt und ins Bild gesetzt. Seine Pixel wurden umgerechnet, nie erzeugt oder umgefärbt.',
  checks: 'Prüfungen', passed: 'Alle Prüfungen bestanden.', remaining: 'Bemerkungen', foundWanted: (found, wanted) => `gefunden: ${found}; verlangt: ${wanted}`,
  source: 'Quelle', refuse: 'muss geändert werden', warn: 'ansehen', info: 'zur Kenntnis',
  override: 'Trotzdem exportiert, weil:', silent: 'kein Ton', placementOf: (name) => `für ${name}`, photo: 'Ihr Foto', note: 'Hinweis',
};

/** The words of a language; English for all that are not there. */
export type ReportWords = typeof en;

/** German for German projects, English for all others. */
export function reportWords(language: string): { readonly words: ReportWords; readonly tag: 'en' | 'de' } {
  return /^de\b/i.test(language) ? { words: de, tag: 'de' } : { words: en, tag: 'en' };
}
