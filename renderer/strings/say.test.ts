import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AdgenError, ERROR_CODES } from '#core/contract/errors.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';
import { setLanguage } from './index.ts';
import { messageOf, sayError, sayFinding, sayProblem } from './say.ts';

beforeAll(() => void Object.assign(globalThis, { document: { documentElement: { lang: '' } } }));
afterEach(() => setLanguage('en'));

test.each(ERROR_CODES)('%s has a sentence in each language', (code) => {
  for (const { problems } of [en, de]) expect(problems.named[code]).toMatch(/^\p{Lu}.*\.$/u);
});

test('each name has a sentence in both languages, and both are different', () => {
  expect(Object.keys(de.problems.named)).toEqual(Object.keys(en.problems.named));
  expect(Object.keys(en.problems.named).filter((name) => de.problems.named[name] === en.problems.named[name])).toEqual([]);
});

describe('an error', () => {
  const full = new AdgenError('PROVIDER_REJECTED', '"Wan" cannot run: 2 models are missing.', { data: { reason: 'MODEL_MISSING' } });

  test('is told by the engine in English', () => {
    expect(sayError(full)).toEqual({ text: '"Wan" cannot run: 2 models are missing.', detail: null });
    expect(messageOf(full)).toBe('"Wan" cannot run: 2 models are missing.');
  });

  test('is told by its most exact name in German, with the engine\'s words beside it', async () => {
    await setLanguage('de');
    expect(sayError(full)).toEqual({ text: 'Es fehlen Modelle. Holen Sie sie in den Einstellungen.', detail: full.message });
    expect(messageOf(new AdgenError('DISK_FULL', 'No space on /data.'))).toBe('Die Platte ist voll. Schaffen Sie Platz und versuchen Sie es erneut. (No space on /data.)');
    expect(sayProblem('SOMETHING_NEW', 'It is new.')).toEqual({ text: 'It is new.', detail: null });
  });

  test('that is a bug is never shown bare', () => {
    expect(sayProblem('INTERNAL', 'x is undefined')).toEqual({ text: en.problems.named['INTERNAL'], detail: 'x is undefined' });
  });

  test('without a name is shown as it is', () => {
    expect([sayError(new TypeError('lost')), sayError('lost')]).toEqual([{ text: 'lost', detail: null }, { text: 'lost', detail: null }]);
  });
});

describe('a finding', () => {
  const finding = { rule: 'text-size', message: '“Taste it” in scene 2 is too small to be read on a phone.', found: '9 pt', wanted: 'at least 12 pt' };

  test('is shown as it comes in English', () => {
    expect(sayFinding(finding)).toEqual({ message: finding.message, found: '9 pt', wanted: 'at least 12 pt' });
  });

  test('keeps what it names in German', async () => {
    await setLanguage('de');
    expect(sayFinding(finding)).toEqual({ message: 'Diese Wörter sind auf einem Telefon zu klein zum Lesen (“Taste it”, Szene 2).', found: '9 pt', wanted: 'mindestens 12 pt' });
    expect(sayFinding({ ...finding, rule: 'new-rule' }).message).toBe(finding.message);
  });
});
