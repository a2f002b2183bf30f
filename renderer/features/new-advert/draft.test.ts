import { describe, expect, test } from 'vitest';
import { draftSchema, guessProductName, readDraft, roomLeft, toRequest, whatIsMissing } from './draft.ts';

const asset = (letter: string) => ({ hash: letter.repeat(64), name: `${letter}.jpg`, mime: 'image/jpeg' });

describe('a product\'s name', () => {
  test.each([
    ['blood-orange_soda (2).jpg', 'Blood orange soda'], ['Fizzo.png', 'Fizzo'], ['IMG_2041.JPG', ''], ['DSC00012.jpeg', ''], ['2026-11-21 10.22.01.png', ''], ['image.png', ''],
    ['kaffee-tasse-1200px-final.webp', 'Kaffee tasse'], ['WhatsApp Image 2026-01-01 at 10.00.00.jpeg', ''], ['', ''], ['сок_манго.jpg', 'Сок манго'], ['x.jpg', ''],
  ])('%s → %s', (file, name) => expect(guessProductName(file)).toBe(name));
});

test('a kept draft comes back without photos that never arrived, a damaged one as an empty one', () => {
  const draft = draftSchema.parse({ photos: [{ id: '1', name: 'a' , asset: asset('a') }, { id: '2', name: 'b' }], brief: { productName: 'Fizzo' } });
  expect(readDraft(JSON.stringify(draft)).photos.map(({ id }) => id)).toEqual(['1']);
  for (const text of [null, '', '{', '[]', '{"photos":3}']) expect(readDraft(text)).toEqual(draftSchema.parse({}));
});

test('what is missing is said in the order in which it is given', () => {
  expect(whatIsMissing({ photos: [], ratios: [] })).toBe('photo');
  expect(whatIsMissing({ photos: [{ id: '1' }], ratios: [] })).toBe('ratio');
  expect(whatIsMissing({ photos: [{ id: '1' }], ratios: ['1:1'] })).toBeUndefined();
});

test('a limit is shown only near it', () => {
  expect(roomLeft('abc', 120)).toBeUndefined();
  expect(roomLeft('a'.repeat(110), 120)).toBe(10);
  expect(roomLeft('a'.repeat(130), 120)).toBe(-10);
});

test('a request holds the photos that came through, with the mask that the user painted', () => {
  const product = { id: 'product_1', name: '', photo: asset('b'), mask: asset('c') };
  const draft = draftSchema.parse({ seconds: 6.5, photos: [{ id: '1', name: 'a', asset: asset('a') }, { id: '2', name: 'b', asset: asset('b'), corrected: product }, { id: '3', name: 'lost' }] });
  const request = toRequest(draft, { isOffline: true, nonce: 'n', seed: 5 });
  expect(request).toMatchObject({ durationFrames: 195, isOffline: true, nonce: 'n', seed: 5 });
  expect(request.photos).toEqual([{ asset: asset('a'), name: '' }, { asset: asset('b'), name: '', mask: asset('c') }]);
});
