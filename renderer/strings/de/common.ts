import type { Strings } from '../index.ts';

/** Words that every screen uses. */
export const common: Strings['common'] = {
  appName: 'AdGen Studio',
  cancel: 'Abbrechen', close: 'Schließen', save: 'Speichern', remove: 'Entfernen', delete: 'Löschen', undo: 'Rückgängig', redo: 'Wiederholen', duplicate: 'Duplizieren', rename: 'Umbenennen', tryAgain: 'Erneut versuchen', loading: 'Lädt …', done: 'Fertig', more: 'Mehr', back: 'Zurück', add: 'Hinzufügen', edit: 'Bearbeiten', copy: 'Kopieren', paste: 'Einfügen', cut: 'Ausschneiden', reset: 'Zurücksetzen', search: 'Suchen', apply: 'Anwenden', none: 'Keine',
  percent: (part) => `${Math.round(part * 100)} %`,
  seconds: (value) => `${value.toLocaleString('de', { maximumFractionDigits: 1 })} s`,
};
