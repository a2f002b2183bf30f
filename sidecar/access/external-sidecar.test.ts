import { describe, expect, test } from 'vitest';
import { externalSidecar } from './external-sidecar.ts';
import type { JobVerdict } from './types.ts';

const never = new AbortController().signal;

describe('somebody else\'s server', () => {
  test.each([
    ['http://127.0.0.1:8188', false], ['http://localhost:8188/comfy', false], ['http://[::1]:8188', false],
    ['http://192.168.1.20:8188', true], ['https://comfy.example', true], ['http://localhost.example:8188', true], ['not an address', true],
  ])('%s needs the network: %s', (url, needsNetwork) => expect(externalSidecar(url)).toMatchObject({ kind: 'external', needsNetwork }));

  test('is where the user says, and has no nonce', async () => {
    expect(await externalSidecar('http://10.0.0.2:8188').connect(never)).toEqual({ url: 'http://10.0.0.2:8188' });
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(externalSidecar('http://10.0.0.2:8188').connect(aborted)).rejects.toThrow('enough');
  });
});

describe('a job that runs out of memory there', () => {
  test('is tried once more, then asked for smaller; one that ended begins anew', () => {
    const access = externalSidecar('http://127.0.0.1:8188');
    const verdicts: JobVerdict[] = [];
    const unsubscribe = access.subscribe({ onJob: (verdict) => verdicts.push(verdict) });
    access.subscribe({}); // one who does not care
    for (const type of ['job-started', 'job-out-of-memory', 'job-out-of-memory', 'job-out-of-memory', 'job-ended', 'job-out-of-memory'] as const) access.report({ type, jobId: 'a' });
    access.report({ type: 'job-out-of-memory', jobId: 'b' });
    access.report({ type: 'ws-down' });
    expect(verdicts.map(({ jobId, action }) => `${jobId} ${action}`)).toEqual(['a requeue', 'a ask-smaller', 'a ask-smaller', 'a requeue', 'b requeue']);
    unsubscribe();
    access.report({ type: 'job-out-of-memory', jobId: 'c' });
    expect(verdicts).toHaveLength(5);
    expect(access.usesTiledVae()).toBe(false);
  });
});
