import type { Strings } from '../index.ts';

/** Wie eine Änderung im Verlauf heißt, und Worte über den Zustand des Dokuments. */
export const edits: Strings['edits'] = {
  group: 'Bearbeiten', undo: (label) => `Rückgängig: ${label}`, redo: (label) => `Wiederholen: ${label}`, change: 'Änderung',
  opening: 'Das Projekt wird geöffnet …', projectName: 'Name des Projekts',
  save: { saved: 'Gespeichert', saving: 'Speichert', waiting: 'Noch nicht gesendet', conflict: 'Teils verworfen' },
  explained: { saved: 'Alles ist gesichert.', saving: 'Ihre Änderungen werden festgehalten.', waiting: 'Ihre Änderungen sind hier gesichert und werden gesendet, sobald die Engine antwortet.', conflict: 'Das Projekt wurde anderswo geändert; was nicht mehr passte, wurde ausgelassen. Klicken Sie, wenn Sie das gelesen haben.' },
  lost: (count) => `Das Projekt wurde anderswo geändert, und ${count === 1 ? 'eine Ihrer Änderungen passte' : `${count} Ihrer Änderungen passten`} nicht mehr. Sie sehen den neuesten Stand; wiederholen Sie die Änderung, wenn Sie sie noch wünschen.`,
  recovered: (count) => (count === 1 ? 'Eine Änderung einer früheren Sitzung wurde wiederhergestellt.' : `${count} Änderungen einer früheren Sitzung wurden wiederhergestellt.`),
  invalid: (place) => `Mit dieser Änderung ließe sich das Projekt nicht mehr öffnen (${place}). Es wurde nichts geändert.`,

  rename: 'Projekt umbenennen', import: 'Änderung aus einer Datei', trimScene: 'Szene trimmen', splitScene: 'Szene teilen', slipScene: 'Hintergrund verschieben', moveScene: 'Szene verschieben', duplicateScene: 'Szene duplizieren', deleteScene: 'Szene löschen', addScene: 'Szene hinzufügen',
  deleteClips: 'Löschen', pasteClips: 'Einfügen', cutClips: 'Ausschneiden', duplicateClips: 'Duplizieren',
  moveCaption: 'Text verschieben', trimCaption: 'Text trimmen', splitCaption: 'Text teilen', addCaption: 'Text hinzufügen', deleteCaption: 'Text löschen',
  transition: 'Übergang', music: 'Musik', trimMusic: 'Musik trimmen', voice: 'Stimme', moveVoice: 'Stimme verschieben', trimVoice: 'Stimme trimmen', gain: 'Lautstärke', fade: 'Blende',
  addMarker: 'Marke setzen', moveMarker: 'Marke verschieben', renameMarker: 'Marke umbenennen', deleteMarker: 'Marke löschen',
  addKeyframe: 'Keyframe setzen', moveKeyframe: 'Keyframe verschieben', deleteKeyframe: 'Keyframe löschen', easing: 'Bewegungskurve', trimTo: 'Auf In und Out kürzen', applyFix: 'Korrektur für Export', renameScene: 'Szene umbenennen', lockScene: 'Szene sperren',
  // Auf der Leinwand
  moveProduct: 'Produkt aufstellen', productGround: 'Schatten und Spiegelung', productLayout: 'Layout des Produkts', automaticLayout: 'wieder automatisch', toAllRatios: 'in alle Formate übernehmen', placeCaption: 'Text setzen', captionText: 'Wortlaut', captionRole: 'Rolle des Textes', captionAnimation: 'Animation des Textes', captionLook: 'Aussehen des Textes',
  // Storyboard
  newTake: 'Neuer Take', chooseTake: 'Take wählen', deleteTake: 'Take löschen', scenePurpose: 'Zweck der Szene', prompt: 'Prompt', sceneSet: 'Kulisse', camera: 'Kamera', look: 'Look', palette: 'Palette', brief: 'Briefing', ownBackdrop: 'Eigener Hintergrund',
};
