/**
 * The planner's own words: a few lines per language that claim nothing about the product. Everything else on the screen
 * is the brief's wording. `{name}` and `{audience}` are filled in; a language that is missing here gets no connectives.
 * Lines that embed a noun phrase are worded so that they need no article, case or gender of it.
 */

/** Neutral lines of one language. */
export interface Connectives {
  readonly meet: string;
  readonly madeFor: string;
  readonly discover: string;
  readonly closer: string;
}

const CONNECTIVES: Readonly<Record<string, Connectives>> = {
  en: { meet: 'Meet {name}', madeFor: 'For {audience}', discover: 'Discover more', closer: 'Take a closer look' },
  de: { meet: 'Das ist {name}', madeFor: 'Für {audience}', discover: 'Mehr entdecken', closer: 'Schau genauer hin' },
  fr: { meet: 'Voici {name}', madeFor: 'Pour {audience}', discover: 'En savoir plus', closer: 'Regardez de plus près' },
  es: { meet: 'Te presentamos {name}', madeFor: 'Para {audience}', discover: 'Descubre más', closer: 'Míralo de cerca' },
  it: { meet: 'Ecco {name}', madeFor: 'Per {audience}', discover: 'Scopri di più', closer: 'Guarda da vicino' },
  pt: { meet: 'Conheça {name}', madeFor: 'Para {audience}', discover: 'Saiba mais', closer: 'Veja de perto' },
  nl: { meet: 'Dit is {name}', madeFor: 'Voor {audience}', discover: 'Ontdek meer', closer: 'Kijk eens van dichtbij' },
  sv: { meet: 'Möt {name}', madeFor: 'För {audience}', discover: 'Upptäck mer', closer: 'Ta en närmare titt' },
  da: { meet: 'Mød {name}', madeFor: 'Til {audience}', discover: 'Se mere', closer: 'Kig nærmere' },
  nb: { meet: 'Møt {name}', madeFor: 'For {audience}', discover: 'Se mer', closer: 'Ta en nærmere titt' },
  pl: { meet: 'Oto {name}', madeFor: '', discover: 'Odkryj więcej', closer: 'Przyjrzyj się bliżej' },
  tr: { meet: 'Karşınızda {name}', madeFor: '', discover: 'Keşfet', closer: 'Yakından bak' },
  ru: { meet: 'Это {name}', madeFor: '', discover: 'Узнать больше', closer: 'Присмотритесь' },
  el: { meet: 'Γνωρίστε: {name}', madeFor: '', discover: 'Μάθετε περισσότερα', closer: 'Δείτε από κοντά' },
  ar: { meet: 'تعرّف على {name}', madeFor: 'إلى {audience}', discover: 'اكتشف المزيد', closer: 'انظر عن قرب' },
  he: { meet: 'הכירו את {name}', madeFor: '', discover: 'גלו עוד', closer: 'מבט מקרוב' },
  ja: { meet: '{name}、登場', madeFor: '{audience}へ', discover: '詳しく見る', closer: 'もっと近くで' },
  zh: { meet: '这就是{name}', madeFor: '献给{audience}', discover: '了解更多', closer: '走近看看' },
  ko: { meet: '소개합니다, {name}', madeFor: '', discover: '자세히 보기', closer: '가까이에서 보기' },
};

/** Connective lines of a primary language subtag; undefined when the language is unknown or has none. */
export function connectivesOf(language: string): Connectives | undefined {
  return Object.hasOwn(CONNECTIVES, language) ? CONNECTIVES[language] : undefined;
}

/** The neutral call to action of a language; English where the language is unknown. */
export function defaultCallToAction(language: string): string {
  return (connectivesOf(language) ?? CONNECTIVES.en)?.discover ?? 'Discover more';
}

/** Calls to action that use a word like "more" without comparing anything. */
const NEUTRAL_PHRASES = [
  'learn more', 'find out more', 'see more', 'read more', 'shop now', 'mehr erfahren', 'mehr sehen', 'découvrir plus', 'voir plus', 'más información', 'saber más', 'ver más',
  'maggiori informazioni', 'ver mais', 'descubra mais', 'meer weten', 'lees meer', 'meer informatie', 'もっと見る', '更多', '더 알아보기', '더 보기', 'اعرف المزيد', 'подробнее',
];

/** Lines that claim nothing although a word in them could; the claims guard lets them pass. */
export function neutralLines(): string[] {
  const ours = Object.values(CONNECTIVES).flatMap((lines) => Object.values(lines) as string[]);
  return [...ours.filter((line) => line !== '' && !line.includes('{')), ...NEUTRAL_PHRASES];
}
