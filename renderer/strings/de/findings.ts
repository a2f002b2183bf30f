import type { Strings } from '../index.ts';

/** What pre-flight says, by rule; see `core/placements/preflight`. */
export const findings: Strings['findings'] = {
  rules: {
    'length.min': 'Der Film ist dafür zu kurz.', 'length.max': 'Der Film ist dafür zu lang.', 'length.exact': 'Dort werden nur bestimmte Längen angenommen.', 'length.recommended': 'Eine andere Länge wirkt dort am besten.',
    rate: 'Diese Bildrate wird dort nicht angenommen.', ratio: 'Dieses Seitenverhältnis wird dort nicht gezeigt.', loudness: 'Der Ton hat nicht die Lautheit, die dort verlangt wird.',
    'size.max': 'Die Datei ist dafür zu groß.', 'size.min': 'Die Datei ist dafür zu klein.', bitrate: 'Das Bild hat weniger Bit, als dort verlangt werden.', 'audio-bitrate': 'Der Ton hat weniger Bit, als dort verlangt werden.',
    codec: 'Dieser Bildcodec wird dort nicht angenommen.', 'frame-size': 'Das Bild hat eine andere Größe als bestellt.', 'pixel-format': 'Viele Abspieler und Plattformen können diese Art H.264 nicht zeigen.', 'colour-tags': 'Die Datei sagt nicht, dass ihre Farben BT.709 sind; Abspieler müssen raten.',
    'variable-rate': 'Die Bilder sind nicht gleich lang.', silent: 'Der Film hat keinen Ton.', 'true-peak': 'Der Ton kann beim Abspielen oder erneuten Kodieren übersteuern.', 'audio-codec': 'Dieser Toncodec wird dort nicht angenommen.', 'sample-rate': 'Dort wird eine andere Abtastrate verlangt.', channels: 'Der Ton ist nicht stereo.',
    faststart: 'Das Verzeichnis der Datei steht am Ende; vor dem letzten Byte spielt nichts.', 'edit-list': 'Mit einer Edit List können Bild und Ton dort auseinanderlaufen.',
    'black-first': 'Das erste Bild ist schwarz.', 'black-last': 'Das letzte Bild ist schwarz.', 'frozen-first': 'Am Anfang bewegt sich nichts.', 'frozen-last': 'Das Ende steht lange still.', bars: 'Das Bild hat schwarze Balken.', still: 'In diesem Film bewegt sich fast nichts.', 'empty-end': 'Das erste oder letzte Bild zeigt weder Produkt noch Wörter.',
    'reading-time': 'Die Wörter sind weg, bevor man sie lesen kann.', 'muted-start': 'Dort beginnen Filme ohne Ton, und am Anfang stehen keine Wörter im Bild.', 'safe-zone': 'Diese Wörter stehen unter den Knöpfen oder Texten der App.', 'text-size': 'Diese Wörter sind auf einem Telefon zu klein zum Lesen.', contrast: 'Diese Wörter heben sich kaum von ihrem Grund ab.',
    'product-covered': 'Knöpfe und Texte der App verdecken einen Teil des Produkts.', unseen: 'Das Bild konnte noch nicht geprüft werden; Länge, Bildrate, Lautheit und Wörter schon.', 'encoder-failed': 'Der Hardware-Encoder gab auf; diese Datei wurde in Software kodiert.', fidelity: 'Das Produkt weicht stärker von seinem Foto ab, als es sollte.',
  },
  scene: (number) => `Szene ${number}`,
  figures: [[/^at least /, 'mindestens '], [/^at most /, 'höchstens '], [/ or /g, ' oder '], [/ to /, ' bis '], [/ words in /, ' Wörter in '], [/^no words$/, 'keine Wörter'], [/^words in the first scene$/, 'Wörter in der ersten Szene'], [/^first words at /, 'erste Wörter bei '], [/^no sound track$/, 'keine Tonspur'], [/^silence$/, 'Stille'], [/^music oder voice$/, 'Musik oder Stimme'], [/^a picture$/, 'ein Bild'], [/^black$/, 'schwarz'], [/ frames\/s/, ' Bilder/s'], [/^an empty scene$/, 'eine leere Szene'], [/^product, words oder logo$/, 'Produkt, Wörter oder Logo'], [/^a picture that moves$/, 'ein Bild, das sich bewegt'], [/ of the frames repeat the one before$/, ' der Bilder wiederholen das vorige'], [/ each$/, ' je Seite'], [/^a picture that fills the frame$/, 'ein Bild, das den Rahmen füllt'], [/ channels$/, ' Kanäle']],
};
