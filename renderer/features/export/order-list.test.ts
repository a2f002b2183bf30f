import { describe, expect, test } from 'vitest';
import { placementById } from '#core/placements/placements.ts';
import { changeOrder, loadOrders, newOrder, saveOrders, toggleOrder } from './order-list.ts';

const tiktok = placementById('tiktok-infeed');

describe('the list of orders', () => {
  test('takes an order in and out', () => {
    const one = toggleOrder([], tiktok, '9:16');
    expect(one).toEqual([{ placementId: 'tiktok-infeed', ratio: '9:16', rate: '30', encoder: 'auto' }]);
    expect(toggleOrder(one, tiktok, '1:1')).toHaveLength(2);
    expect(toggleOrder(one, tiktok, '9:16')).toEqual([]);
  });

  test('a ratio that is there already is not ordered twice', () => {
    const [tall, square] = [newOrder(tiktok, '9:16'), newOrder(tiktok, '1:1')];
    expect(changeOrder([tall, square], tall, { ...tall, ratio: '1:1' })).toEqual([{ ...tall, ratio: '1:1' }]);
    expect(changeOrder([tall, square], tall, { ...tall, rate: '25' })).toEqual([{ ...tall, rate: '25' }, square]);
  });

  test('is kept without the reasons of another day, and without what is gone', () => {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
    saveOrders('p', [{ ...newOrder(tiktok, '9:16'), overrideReason: 'client insists' }], storage);
    expect(loadOrders('p', storage)).toEqual([newOrder(tiktok, '9:16')]);
    expect(loadOrders('other', storage)).toEqual([]);
    storage.setItem('adgen-orders p', '[{"placementId":"gone","ratio":"9:16"}]');
    expect(loadOrders('p', storage)).toEqual([]);
    storage.setItem('adgen-orders p', 'no JSON');
    expect(loadOrders('p', storage)).toEqual([]);
  });
});
