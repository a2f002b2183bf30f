import type { Strings } from '../index.ts';

/** Worte der Timeline. */
export const timeline: Strings['timeline'] = {
  group: 'Timeline', playing: 'Wiedergabe', clips: 'Clips der Timeline', clipsHint: 'Pfeiltasten gehen von Clip zu Clip, [ und ] trimmen, Entf löscht.', title: 'Timeline', inspector: 'Inspektor', preview: 'Vorschau', resizeTimeline: 'Höhe der Timeline', resizeInspector: 'Breite des Inspektors',
  tools: { label: 'Werkzeug', select: 'Auswahl', razor: 'Klinge', slip: 'Slip' },
  snap: 'Einrasten', ripple: 'Ripple', rippleOff: 'Ripple ist aus: Ein Trim nimmt vom Nachbarn', zoom: 'Zoom', zoomIn: 'Vergrößern', zoomOut: 'Verkleinern', fit: 'Ganzen Film zeigen',
  tracks: { scenes: 'Szenen', product: 'Produkt', captions: 'Texte', music: 'Musik', voice: 'Stimme', markers: 'Marken' },
  play: 'Wiedergabe oder Pause', shuttleBack: 'Rückwärts, schneller', shuttleStop: 'Pause', shuttleForward: 'Vorwärts, schneller',
  frameBack: 'Ein Bild zurück', frameForward: 'Ein Bild vor', tenBack: 'Zehn Bilder zurück', tenForward: 'Zehn Bilder vor', toStart: 'Zum Anfang', toEnd: 'Zum Ende', previousCut: 'Zum vorigen Schnitt', nextCut: 'Zum nächsten Schnitt',
  setIn: 'In-Punkt setzen', setOut: 'Out-Punkt setzen', clearInOut: 'In- und Out-Punkt löschen', trimTo: 'Film auf In und Out kürzen',
  split: 'Am Abspielkopf teilen', addMarker: 'Marke am Abspielkopf setzen', addCaption: 'Text hinzufügen', addScene: 'Szene danach hinzufügen', addMusic: 'Musik hinzufügen', addVoice: 'Stimme hinzufügen', removeMusic: 'Musik herausnehmen', removeVoice: 'Stimme herausnehmen', replaceMusic: 'Andere Musik', replaceVoice: 'Andere Stimme', transitions: 'Übergänge', transitionHint: 'Ziehen Sie einen auf einen Schnitt, oder klicken Sie, um ihn am gewählten zu verwenden.',
  trimStartLater: 'Später beginnen', trimStartEarlier: 'Früher beginnen', trimEndLater: 'Später enden', trimEndEarlier: 'Früher enden', trimToPlayheadStart: 'Anfang auf den Abspielkopf trimmen', trimToPlayheadEnd: 'Ende auf den Abspielkopf trimmen', nudgeLeft: 'Ein Bild nach links', nudgeRight: 'Ein Bild nach rechts', selectAll: 'Alle Clips auswählen', selectNone: 'Nichts auswählen',
  moveLeft: 'Szene nach vorn schieben', moveRight: 'Szene nach hinten schieben',
  scene: (number) => `Szene ${number}`, sceneClip: (number, name, length, start) => `Szene ${number} ${name}, ${length}, ab ${start}`, captionClip: (text, length, start) => `Text „${text}“, ${length}, ab ${start}`, emptyCaption: 'ohne Worte',
  transitionClip: (kind, from) => `${kind} nach Szene ${from}`, keyframeClip: (timecode) => `Keyframe bei ${timecode}`, markerClip: (label, timecode) => `Marke ${label}, ${timecode}`, musicClip: 'Musik', voiceClip: (timecode) => `Stimme ab ${timecode}`, automatic: 'Automatisch gesetzt', locked: 'Gesperrt',
  dragged: (frames, seconds) => `${frames > 0 ? '+' : ''}${frames} B  ·  ${seconds.toFixed(2).replace('.', ',')} s`,
  purposes: { hook: 'Aufhänger', problem: 'Problem', product: 'Produkt', benefit: 'Nutzen', proof: 'Beleg', mood: 'Stimmung', callToAction: 'Aufforderung' },
  kinds: { cut: 'Schnitt', dissolve: 'Blende', wipeLeft: 'Wischen links', wipeRight: 'Wischen rechts', wipeUp: 'Wischen hoch', pushLeft: 'Schieben links', pushUp: 'Schieben hoch', zoom: 'Zoom' },
  moods: { calm: 'Ruhig', upbeat: 'Munter', elegant: 'Elegant', bold: 'Kräftig' },
  name: 'Name', purpose: 'Zweck', length: 'Länge', frames: 'Bilder', slip: 'Slip', lock: 'Gesperrt', lockHint: 'Neues Erzeugen und Bearbeiten lassen sie, wie sie ist.', kind: 'Art', gain: 'Lautstärke', fadeIn: 'Einblenden', fadeOut: 'Ausblenden', startsAt: 'Beginnt bei', leftOut: 'Am Anfang weggelassen', label: 'Beschriftung', atFrame: 'Stelle', ducking: 'Musik unter der Stimme absenken',
  embeddedMusic: 'Vom eingebauten Synthesizer', ownMusic: 'Ihre Datei', decibel: (value) => `${value > 0 ? '+' : ''}${value.toFixed(1).replace('.', ',')} dB`, several: (count) => `${count} Clips ausgewählt`, severalText: 'Löschen, kopieren, verschieben oder trimmen Sie sie gemeinsam.',
  film: 'Film', filmText: (seconds, scenes) => `${seconds} in ${scenes === 1 ? 'einer Szene' : `${scenes} Szenen`}`, nothingSelected: 'Wählen Sie einen Clip aus, um hier seine Einstellungen zu sehen. Leertaste spielt ab, S teilt, das Fragezeichen zeigt alle Tasten.',
  importing: (name) => `${name} wird eingelesen …`, imported: (name) => `${name} ist im Film.`, newMarker: (number) => `Marke ${number}`, newCaption: 'Neuer Text', nothingCopied: 'Es gibt nichts einzufügen. Kopieren Sie zuerst Szenen oder Texte.', changedMeanwhile: 'Das Projekt hat sich währenddessen geändert; bitte wiederholen Sie das Ziehen.', waveformFailed: 'Der Ton lässt sich nicht zeigen',
  refusals: {
    locked: 'Diese Szene ist gesperrt. Entsperren Sie sie im Inspektor, um sie zu bearbeiten.', lastScene: 'Ein Spot braucht mindestens eine Szene.', tooManyScenes: 'Ein Spot hat höchstens 40 Szenen.', tooManyCaptions: 'Eine Szene hat höchstens 12 Texte.', tooManyMarkers: 'Es gibt schon 200 Marken.', tooManyKeyframes: 'Es gibt schon 200 Keyframes.',
    filmTooLong: 'Ein Spot ist höchstens zehn Minuten lang.', filmTooShort: 'Ein Spot ist mindestens eine Sekunde lang.', splitTooNear: 'Beide Teile brauchen mindestens 6 Bilder. Setzen Sie den Abspielkopf weiter vom Rand weg.', nothingThere: 'Hier gibt es nichts dafür. Wählen Sie einen Clip aus oder setzen Sie den Abspielkopf auf einen.', notAClip: 'Was kopiert wurde, passt hier nicht.',
  },
};
