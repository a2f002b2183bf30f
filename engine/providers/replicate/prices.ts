/** What is asked of Replicate, and the list prices of November 2026. What a user really pays stands in their account. */
export const STILL_MODEL = { id: 'black-forest-labs/flux-schnell', costUsd: 0.003 } as const;
export const MUSIC_MODEL = { id: 'stability-ai/stable-audio-2.5', costUsd: 0.2 } as const;
