/** What a music model is asked for: the film's mood and tempo in its words. */
import type { MusicRequest } from '#engine/providers/types.ts';

const MOOD_TAGS: Readonly<Record<MusicRequest['soundtrack']['mood'], string>> = {
  calm: 'ambient, calm, warm pads, soft piano, gentle, spacious',
  upbeat: 'indie pop, upbeat, cheerful, plucked guitar, claps, bright synth, light drums',
  elegant: 'modern classical, elegant, strings, felt piano, refined, slow build',
  bold: 'electronic, bold, driving bass, punchy drums, energetic, modern',
};

/** What the model is asked for; words that name no artist and no song. */
export function musicPrompt({ mood, tempoBpm }: MusicRequest['soundtrack']): string {
  return `${MOOD_TAGS[mood]}, instrumental, no vocals, advertisement background music, ${Math.round(tempoBpm)} bpm, clean mix`;
}
