import { expect, test } from 'vitest';
import { chooseFiles } from './choose-files.ts';

const picture = (name: string, more: object = {}) => ({ name, type: 'image/jpeg', size: 1000, ...more });

test('of two hundred the first twelve are taken, and one sentence says so', () => {
  const { taken, refused } = chooseFiles(Array.from({ length: 200 }, (_, index) => picture(`${index}.jpg`)), 0);
  expect(taken.map(({ name }) => name)).toEqual(Array.from({ length: 12 }, (_, index) => `${index}.jpg`));
  expect(refused).toEqual([{ reason: 'count', count: 188 }]);
});

test('there is only room for what is not there yet', () => {
  expect(chooseFiles([picture('a'), picture('b')], 11)).toMatchObject({ taken: [{ name: 'a' }], refused: [{ reason: 'count', count: 1 }] });
  expect(chooseFiles([picture('a')], 12).taken).toEqual([]);
});

test('what is no photo is left out by its reason, and the good ones stay', () => {
  const { taken, refused } = chooseFiles([
    picture('good.jpg'), picture('folder', { type: '', isFolder: true }), picture('film.mp4', { type: 'video/mp4' }), picture('notes.txt', { type: 'text/plain' }), picture('logo.svg', { type: 'image/svg+xml' }),
    picture('huge.tif', { size: 3e8 }), picture('empty.png', { size: 0 }), picture('from-camera.HEIC', { type: '' }), picture('unknown', { type: '' }),
  ], 0);
  expect(taken.map(({ name }) => name)).toEqual(['good.jpg', 'from-camera.HEIC']);
  expect(refused.map((refusal) => refusal.reason)).toEqual(['folder', 'kind', 'kind', 'kind', 'size', 'empty', 'kind']);
});
