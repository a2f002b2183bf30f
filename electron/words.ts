/** The few words that the shell shows itself; everything else is the page's. */
const en = {
  about: 'About AdGen Studio', file: 'File', edit: 'Edit', view: 'View', window: 'Window', help: 'Help',
  openRecent: 'Open recent', nothingRecent: 'No projects yet', close: 'Close window', quit: 'Quit AdGen Studio', hide: 'Hide AdGen Studio', hideOthers: 'Hide others', showAll: 'Show all', services: 'Services',
  undo: 'Undo', redo: 'Redo', cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select all',
  zoomIn: 'Zoom in', zoomOut: 'Zoom out', actualSize: 'Actual size', fullScreen: 'Full screen', developerTools: 'Developer tools', minimise: 'Minimise', toFront: 'Bring all to front',
  failed: 'AdGen Studio cannot go on', cannotStart: 'AdGen Studio cannot start',
  reloaded: 'The window had to be loaded again. Your work is kept.',
  imported: (name: string) => `“${name}” was imported.`,
  notImported: (file: string, reason: string) => `${file} was not imported. ${reason}`,
  exportGone: 'That file is not there any more. Export it again.',
};

/** The shell's words in one language. */
export type Words = typeof en;

const de: Words = {
  about: 'Über AdGen Studio', file: 'Ablage', edit: 'Bearbeiten', view: 'Darstellung', window: 'Fenster', help: 'Hilfe',
  openRecent: 'Zuletzt benutzt', nothingRecent: 'Noch keine Projekte', close: 'Fenster schließen', quit: 'AdGen Studio beenden', hide: 'AdGen Studio ausblenden', hideOthers: 'Andere ausblenden', showAll: 'Alle einblenden', services: 'Dienste',
  undo: 'Widerrufen', redo: 'Wiederholen', cut: 'Ausschneiden', copy: 'Kopieren', paste: 'Einsetzen', selectAll: 'Alles auswählen',
  zoomIn: 'Vergrößern', zoomOut: 'Verkleinern', actualSize: 'Originalgröße', fullScreen: 'Vollbild', developerTools: 'Entwicklerwerkzeuge', minimise: 'Minimieren', toFront: 'Alle nach vorne',
  failed: 'AdGen Studio kann nicht weiterarbeiten', cannotStart: 'AdGen Studio kann nicht starten',
  reloaded: 'Das Fenster musste neu geladen werden. Ihre Arbeit ist erhalten.',
  imported: (name) => `„${name}“ wurde importiert.`,
  notImported: (file, reason) => `${file} wurde nicht importiert. ${reason}`,
  exportGone: 'Diese Datei gibt es nicht mehr. Exportieren Sie sie noch einmal.',
};

/** @param locale as in `de-AT`; anything but German is English */
export function wordsFor(locale: string): Words {
  return locale.startsWith('de') ? de : en;
}
