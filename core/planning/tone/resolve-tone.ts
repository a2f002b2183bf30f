/**
 * From the brief's tone words, in any language, to a tone family. The first keyword that stands in the text wins by
 * weight of evidence; without one, the product's colours and the seed choose, so an empty tone still looks deliberate.
 */
import { oklchFromHex } from '../../lib/color/oklab.ts';
import type { Random } from '../../lib/random.ts';
import { TONE_FAMILIES, type ToneFamily } from './tone-profile.ts';

/** Word beginnings per family (en, de, fr, es, it, pt, nl, then other scripts), matched at the start of a word. */
const KEYWORDS: Readonly<Record<ToneFamily, string>> = {
  bold: 'bold brave loud strong power energ dynam intens aggress edgy rebel punch sport athlet action daring confident mutig kräftig stark laut kühn frech wild audacieu fort puissan percutant atrevid audaz potente fuerte enérg forte audace deciso grintos ousad krachtig stoer gedurfd gewaagd śmiał cesur güçlü смел дерзк ярк энерг جريء قوي נועז 大胆 力強 动感 動感 강렬 대담',
  playful: 'playful fun funny cheer happy joy quirky whims colorful colourful kid child young youth party summer silly humor humour witty verspielt lustig fröhlich bunt witzig jung heiter ludique joyeu drôle amusant coloré divertid alegre juguet jugueton colorid giocos divertent allegr spiritos brincalh engraçad speels vrolijk grappig kleurrijk leuk radosn zabawn eğlenceli neşeli весел игрив مرح ممتع שובב שמח 楽し 陽気 ポップ 活泼 活潑 有趣 즐거 발랄',
  elegant: 'elegan luxur luxe luxuri premium exclusi sophisticat refine glamour glamor opulen chic classy classic timeless noble dark edel luxus hochwertig vornehm elegan exklusiv raffin élégan haut raffiné prestig lujo lujos sofisticad exclusiv lusso raffinat lussuos prestigi luxo requintad chique luxe verfijnd stijlvol chic luksus elegancki lüks şık элегант роскош премиум فاخر أنيق راق יוקרתי אלגנטי 高級 上品 エレガント 奢华 奢華 优雅 優雅 고급 우아',
  warm: 'warm honest friendly cosy cozy home family heart human authentic sincere trust nostalg kind caring tradition craft herzlich ehrlich freundlich gemütlich familiär handwerk vertrau chaleur honnête convivial sincèr accueil artisan cálid honest cercan familiar hogar sincer acoged cald onest sincero famigli accoglient accogliente caloros sincer honesto hartelijk eerlijk gezellig vriendelijk ciepł szczer sıcak samimi тепл искрен душев دافئ صادق חם כן 温か 暖か 誠実 温暖 溫暖 真诚 真誠 따뜻 정직',
  minimal: 'minimal simple clean reduced understated pure sober plain scandinav nordic modern schlicht reduziert klar puristisch sachlich nüchtern einfach épuré simple sobre sencill limpio sobri minimalist pulit essenzial semplice simples limpo strak eenvoudig sober prost czyst sade yalın минимал прост лаконич بسيط مينيمال מינימל פשוט シンプル ミニマル 简约 簡約 极简 極簡 심플 미니멀',
  natural: 'natur organic refresh erfrisch rafra refresc rinfresc verfriss منعش fresh eco green earth botanic outdoor rustic wild raw sustainab garden herbal natür frisch ökolog bio erdig rustikal grün naturel frais végétal écolog terroir fresc ecológic rústic ecologic genuin verde fresco natural frescor groen fris duurzaam naturaln śwież doğal taze природ натурал свеж طبيعي طازج טבעי טרי 自然 ナチュラル 新鮮 天然 清新 자연 신선',
  tech: 'tech futur innovat digital precis scientif engineer smart cyber sleek cutting sci-fi industrial technisch zukunft präzis wissenschaft technolog technique innovant numériq futurist innovador tecnol tecnic precisi inovador toekomst nowoczes teknoloji yenilik технолог инновац футур تقني مبتكر מתקדם טכנולוג 先進 ハイテク 未来 科技 未來 기술 미래',
  calm: 'calm relax sooth gentle quiet seren peace zen soft tranquil mindful dreamy wellness spa ruhig entspann sanft still beruhig träumer apais calme doux sérén détente tranquil suave relajad sereno calma rilassant dolce rilassat tranquill relaxant rustig ontspan zacht kalm spokojn łagodn sakin huzur спокой нежн мягк هادئ مريح רגוע שקט 穏やか 落ち着 癒し 平静 宁静 寧靜 차분 편안',
};

/** The family that `tone` names, else one that suits the product's colours, chosen by seed. */
export function resolveTone(tone: string, palette: readonly string[], random: Random): ToneFamily {
  return toneFromWords(tone) ?? toneFromColors(palette, random);
}

/** The family whose keywords stand in the text, most hits first, earlier words breaking ties; undefined when none does. */
export function toneFromWords(tone: string): ToneFamily | undefined {
  const text = tone.normalize('NFKC').toLowerCase();
  const words = text.match(/[\p{L}\p{M}-]+/gu) ?? [];
  let best: { family: ToneFamily; score: number } | undefined;
  for (const family of TONE_FAMILIES) {
    const score = scoreFamily(family, words);
    if (score > (best?.score ?? 0)) best = { family, score };
  }
  return best?.family;
}

function scoreFamily(family: ToneFamily, words: readonly string[]): number {
  const keys = KEYWORDS[family].split(' ');
  let score = 0;
  words.forEach((word, position) => {
    const isNegated = NEGATIONS.has(words[position - 1] ?? '');
    if (!isNegated && keys.some((key) => matches(word, key))) score += 1 + 0.5 / (position + 1);
  });
  return score;
}

const NEGATIONS: ReadonlySet<string> = new Set(['not', 'no', 'non', 'nicht', 'kein', 'pas', 'niet', 'não', 'never', 'nie', 'не', 'less', 'without', 'ohne', 'sans', 'sin', 'senza', 'sem', 'zonder']);

// Chinese and Japanese write no spaces, and Semitic words take prefixes: there a keyword counts anywhere in the word.
function matches(word: string, key: string): boolean {
  return /\p{Script=Latin}|\p{Script=Cyrillic}/u.test(key) ? word.startsWith(key) : word.includes(key);
}

function toneFromColors(palette: readonly string[], random: Random): ToneFamily {
  return random.pick(suitableFamilies(palette));
}

function suitableFamilies(palette: readonly string[]): readonly ToneFamily[] {
  const colors = palette.slice(0, 4).map(oklchFromHex);
  const main = colors.reduce((left, right) => (right.chroma > left.chroma ? right : left), colors[0] ?? { lightness: 0.6, chroma: 0, hueDeg: 0 });
  const lightness = colors[0]?.lightness ?? 0.6;
  if (main.chroma < 0.04) return lightness < 0.35 ? ['tech', 'elegant', 'minimal'] : ['minimal', 'calm', 'elegant'];
  if (lightness < 0.35) return ['elegant', 'tech', 'bold'];
  if (main.hueDeg > 110 && main.hueDeg < 165) return ['natural', 'calm', 'playful'];
  if (main.chroma > 0.15) return ['bold', 'playful', 'warm'];
  if (main.hueDeg > 20 && main.hueDeg < 100) return ['warm', 'natural', 'playful'];
  return ['calm', 'tech', 'playful', 'minimal'];
}
