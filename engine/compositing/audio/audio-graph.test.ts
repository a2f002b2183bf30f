import { describe, expect, it } from 'vitest';
import { type AudioPlan, compileAudioGraph, compileAudioOptions } from './audio-graph.ts';
import { compileLoopGraph } from './loop-unit.ts';

const plan: AudioPlan = { durationSeconds: 15, gainDb: 2.5, ceilingDbtp: -1.7 };
const lines = (graph: string): string[] => graph.split(';');
const conform = 'aresample=48000,aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo';
const exact = 'apad=whole_len=720000,atrim=end_sample=720000,asetpts=PTS-STARTPTS';
const limited = `aresample=192000,alimiter=limit=0.822243:attack=4:release=80:level=disabled,${conform},${exact}[out]`;

describe('compileAudioGraph', () => {
  it('music alone', () => {
    expect(lines(compileAudioGraph({ ...plan, music: { gainDb: -3, isLooped: false, fadeOutSeconds: 1.5 } }))).toEqual([
      `[0:a:0]${conform},${exact},afade=t=out:st=13.5:d=1.5:curve=qsin,volume=-3dB[music]`,
      `[music]volume=2.5dB,${limited}`,
    ]);
  });

  it('voice over looped music', () => {
    expect(lines(compileAudioGraph({ ...plan, music: { gainDb: 0, isLooped: true, fadeOutSeconds: 0 }, voice: { gainDb: 1, duckingDb: 9 } }))).toEqual([
      `[0:a:0]${conform}[pass]`,
      `[1:a:0]${conform}[loop]`,
      `[pass][loop]concat=n=2:v=0:a=1,${exact},volume=0dB[music]`,
      `[2:a:0]${conform},${exact},volume=1dB,asplit=2[voice][speech]`,
      '[speech]volume=26dB,alimiter=limit=0.251189:attack=5:release=120:level=disabled[key]',
      '[music][key]sidechaincompress=threshold=0.059747:ratio=20:attack=60:release=450:knee=2:detection=rms:makeup=1[ducked]',
      '[ducked][voice]amix=inputs=2:duration=first:dropout_transition=0,volume=2[mix]',
      `[mix]volume=2.5dB,${limited}`,
    ]);
  });

  it('voice alone, and voice beside music that is not ducked', () => {
    expect(lines(compileAudioGraph({ ...plan, voice: { gainDb: 0, duckingDb: 9 } }))).toEqual([`[0:a:0]${conform},${exact},volume=0dB[voice]`, `[voice]volume=2.5dB,${limited}`]);
    const graph = compileAudioGraph({ ...plan, music: { gainDb: 0, isLooped: false, fadeOutSeconds: 0 }, voice: { gainDb: 0, duckingDb: 0 } });
    expect(graph).not.toContain('sidechaincompress');
    expect(graph).toContain('[music][voice]amix');
  });

  it('silence', () => {
    expect(compileAudioGraph(plan)).toBe(`anullsrc=channel_layout=stereo:sample_rate=48000,${exact}[out]`);
  });
});

it('compiles the loop', () => {
  expect(lines(compileLoopGraph(3))).toEqual([
    `[0:a:0]${conform},asplit=2[a][b]`,
    '[a]atrim=end_sample=108000,afade=t=in:ss=0:ns=36000:curve=qsin[body]',
    '[b]atrim=start_sample=108000:end_sample=144000,asetpts=PTS-STARTPTS,afade=t=out:ss=0:ns=36000:curve=qsin,apad=whole_len=108000[tail]',
    '[body][tail]amix=inputs=2:duration=first:dropout_transition=0,volume=2,atrim=end_sample=108000[out]',
  ]);
});

it('encodes AAC-LC without a trace of version or time', () => {
  expect(compileAudioOptions().join(' ')).toBe('-map [out] -c:a aac -profile:a aac_low -b:a 192k -ar 48000 -ac 2 -flags:a +bitexact');
});
