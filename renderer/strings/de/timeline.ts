import type { Strings } from '../index.ts';

/** Worte der Timeline. */
export const timeline: Strings['timeline'] = {
  refusals: {
    locked: 'Diese Szene ist gesperrt. Entsperren Sie sie im Inspektor, um sie zu bearbeiten.', lastScene: 'Ein Spot braucht mindestens eine Szene.', tooManyScenes: 'Ein Spot hat höchstens 40 Szenen.', tooManyCaptions: 'Eine Szene hat höchstens 12 Texte.', tooManyMarkers: 'Es gibt schon 200 Marken.', tooManyKeyframes: 'Es gibt schon 200 Keyframes.',
    filmTooLong: 'Ein Spot ist höchstens zehn Minuten lang.', filmTooShort: 'Ein Spot ist mindestens eine Sekunde lang.', sceneTooShort: 'Eine Szene ist mindestens 6 Bilder lang.', sceneTooLong: 'Eine Szene ist höchstens zwei Minuten lang.', splitTooNear: 'Beide Teile brauchen mindestens 6 Bilder. Setzen Sie den Abspielkopf weiter vom Rand weg.', noRoomForCaption: 'Hier ist kein Platz für einen Text.', nothingThere: 'Hier gibt es nichts dafür. Wählen Sie einen Clip aus oder setzen Sie den Abspielkopf auf einen.', notAClip: 'Was kopiert wurde, passt hier nicht.',
  },
};
