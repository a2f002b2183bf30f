/**
 * What does the reference advert that other renderers were measured with cost over its encode? Rendering is the command from
 * document to file, nothing cached: backdrops, captions, loudness, drawing, encoding, joining. What no peer does, measuring the
 * product's fidelity and packing the delivery, is told apart, as in the other questions.
 * Peers on the same advert, CPU ÷ encode-only floor: plain ffmpeg graph 1.57, FFCreator 1.77, editly 1.94, Remotion 2.2, MLT 2.5.
 */
import { rm } from 'node:fs/promises';
import { FINAL_ENCODE } from '#engine/compositing/encode/settings.ts';
import type { EncodeSettings } from '#engine/compositing/encode/settings.ts';
import { drawFrames, measureEncode } from './kit/floor.ts';
import type { Question } from './kit/question.ts';
import { measureReference } from './kit/measure-reference.ts';

/** What the peers were measured with: medium, CRF 18, x264's own choices for the rest. */
const PLAIN_CRF_18: EncodeSettings = { ...FINAL_ENCODE, crf: 18, bFrames: 3, keyframeFrames: 250, lookaheadFrames: 40, x264Params: {} };

export const question: Question = {
  name: 'reference-advert',
  figures: [
    { id: 'referenceToFloor', asks: 'CPU of the reference advert ÷ encode-only floor', unit: 'ratio', reach: { atMost: 1.25 } },
    { id: 'referenceCheckedToFloor', asks: 'the same with fidelity check and delivery', unit: 'ratio' },
    { id: 'referenceToPlainFloor', asks: 'without them ÷ encode-only floor of plain x264 medium CRF 18', unit: 'ratio' },
  ],
  async sample(workshop, round) {
    const { usage, dataDir, outDir } = await measureReference(workshop, round);
    const rawFile = workshop.newPath('.yuv');
    await drawFrames({ dataDir, outDir }, '9:16', rawFile);
    const floor = await measureEncode(rawFile, '9:16', workshop);
    const plain = await measureEncode(rawFile, '9:16', workshop, PLAIN_CRF_18);
    await rm(rawFile, { force: true });
    const renderingCpuSeconds = usage.cpuSeconds - usage.checkingCpuSeconds;
    return {
      referenceToFloor: renderingCpuSeconds / floor.cpuSeconds, referenceCheckedToFloor: usage.cpuSeconds / floor.cpuSeconds,
      referenceToPlainFloor: renderingCpuSeconds / plain.cpuSeconds,
      renderCpuSeconds: usage.cpuSeconds, checkingCpuSeconds: usage.checkingCpuSeconds, renderWallSeconds: usage.wallSeconds, floorCpuSeconds: floor.cpuSeconds, floorWallSeconds: floor.wallSeconds, plainFloorCpuSeconds: plain.cpuSeconds,
    };
  },
};
