/** All questions, in the order of the table. */
import type { Question } from './kit/question.ts';
import { question as oneRatio } from './one-ratio.bench.ts';
import { question as threeRatios } from './three-ratios.bench.ts';
import { question as editCaption } from './edit-caption.bench.ts';
import { question as queueOverhead } from './queue-overhead.bench.ts';
import { question as makeWall } from './make-wall.bench.ts';
import { question as peakMemory } from './peak-memory.bench.ts';
import { question as secondMake } from './second-make.bench.ts';
import { question as opencvPeer } from './opencv-peer.bench.ts';
import { question as referenceAdvert } from './reference-advert.bench.ts';
import { question as comfyOverhead } from './comfy-overhead.bench.ts';
import { question as comfyEvents } from './comfy-events.bench.ts';
import { question as comfyFaults } from './comfy-faults.bench.ts';
import { question as hostKilled } from './host-killed.bench.ts';
import { question as hostKilledComfy } from './host-killed-comfy.bench.ts';
import { question as download } from './download.bench.ts';

export const questions: readonly Question[] = [oneRatio, threeRatios, editCaption, queueOverhead, makeWall, referenceAdvert, opencvPeer, peakMemory, secondMake, comfyOverhead, comfyEvents, comfyFaults, hostKilled, hostKilledComfy, download];
