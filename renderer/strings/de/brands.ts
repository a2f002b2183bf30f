import type { Strings } from '../index.ts';

/** Words of the feature `brands`. */
export const brands: Strings['brands'] = {
  title: 'Marken', none: 'Noch keine Marke', noneText: 'Farben, Schriften und Logo einer Marke einmal festhalten und für jeden Spot wählen.', add: 'Neue Marke',
  name: 'Name', colors: 'Farben', color: { primary: 'Hauptfarbe', secondary: 'Zweitfarbe', accent: 'Akzent', background: 'Grund', text: 'Worte' }, noColor: 'wird gewählt', setColor: (name) => `${name} setzen`, clearColor: (name) => `${name} leeren`, hex: (name) => `${name} als Hexwert`, hexError: 'Eine Farbe schreibt sich wie #e2553a.',
  fonts: 'Schriften', heading: 'Überschriften', body: 'Text', fontAuto: 'Wird gewählt',
  logo: 'Logo', logoPick: 'Logo herziehen oder wählen', logoReplace: 'Ersetzen', logoRemove: 'Logo entfernen', logoHint: 'PNG, JPEG, WebP oder SVG. Am besten auf durchsichtigem Grund.', logoAlt: (name) => `Logo von ${name}`,
  guidelines: 'Richtlinien', guidelinesHint: 'Woran sich der Planer halten soll: erwünschte und unerwünschte Wörter, Ton, was nicht gezeigt werden darf.',
  newTitle: 'Neue Marke', editTitle: (name) => name, unnamed: 'Namenlose Marke', nameMissing: 'Geben Sie ihr einen Namen.', saved: (name) => `${name} ist gespeichert.`, removed: (name) => `${name} wurde entfernt.`,
  removeTitle: (name) => `${name} entfernen?`, removeText: 'Spots, die damit gemacht wurden, behalten ihr Aussehen.', changed: (date) => `Geändert ${date}`,
};
