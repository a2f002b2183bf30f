import type { Strings } from '../index.ts';

/** Words round every screen. */
export const frame: Strings['frame'] = {
  general: 'Allgemein', navigation: 'Studio', skip: 'Zum Inhalt springen', views: 'Ansichten des Projekts', nothingHere: 'Hier ist nichts.', nothingFound: 'Nichts gefunden.',
  home: 'Projekte', goHome: 'Projekte zeigen', newAdvert: 'Neuer Spot', exports: 'Exporte', settings: 'Einstellungen', sidecar: 'ComfyUI-Engine',
  palette: 'Befehle', paletteHint: 'Was möchten Sie tun?', shortcuts: 'Tastaturkürzel',
  view: { run: 'Lauf', storyboard: 'Storyboard', timeline: 'Timeline', export: 'Export' },
  runDone: 'Ein Spot ist fertig', runFailed: 'Ein Spot wurde nicht fertig', exportDone: 'Ein Export ist fertig', exportFailed: 'Ein Export wurde nicht fertig',
  connecting: 'Das Studio wird geöffnet …', engineLost: 'Die Engine wird neu gestartet. Ihre Arbeit bleibt erhalten.',
  noToken: 'Diese Adresse gilt nicht mehr.', noTokenText: 'Jeder Start des Studios hat eine eigene Adresse. Öffnen Sie die, die „npm start“ ausgegeben hat.',
};
