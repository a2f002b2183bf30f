import { expect, test } from 'vitest';
import { formatDate } from './format-date.ts';

const NOW = new Date(2026, 10, 21, 15, 30).getTime();
const before = (days: number, hours = 0, minutes = 0): number => NOW - ((days * 24 + hours) * 60 + minutes) * 60_000;

test('dates are told as people tell them', () => {
  const dates: [number, string, string][] = [
    [NOW, 'now', 'jetzt'],
    [NOW + 5000, 'now', 'jetzt'], // a clock that was set back
    [before(0, 0, 5), '5 min. ago', 'vor 5 Min.'],
    [before(0, 3), '3 hr. ago', 'vor 3 Std.'],
    [before(0, 16), 'yesterday', 'gestern'],
    [before(3), '3 days ago', 'vor 3 Tagen'],
    [before(40), 'Oct 12', '12. Okt.'],
    [before(400), 'Oct 17, 2025', '17. Okt. 2025'],
  ];
  for (const [atMs, en, de] of dates) expect([formatDate(atMs, NOW, 'en'), formatDate(atMs, NOW, 'de')]).toEqual([en, de]);
});
