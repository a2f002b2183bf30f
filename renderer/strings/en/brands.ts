/** Words of the feature `brands`. */
export const brands = {
  title: 'Brand kits', none: 'No brand kit yet', noneText: 'Keep the colours, fonts and logo of a brand once, and choose them for every advert.', add: 'New brand kit',
  name: 'Name', colors: 'Colours', color: { primary: 'Primary', secondary: 'Secondary', accent: 'Accent', background: 'Ground', text: 'Words' }, noColor: 'chosen for you', setColor: (name: string) => `Set ${name}`, clearColor: (name: string) => `Clear ${name}`, hex: (name: string) => `${name}, as a hex value`, hexError: 'Write a colour like #e2553a.',
  fonts: 'Fonts', heading: 'Headlines', body: 'Text', fontAuto: 'Chosen for you',
  logo: 'Logo', logoPick: 'Drop a logo, or choose one', logoReplace: 'Replace', logoRemove: 'Remove the logo', logoHint: 'PNG, JPEG, WebP or SVG. Best on a transparent ground.', logoAlt: (name: string) => `Logo of ${name}`,
  guidelines: 'Guidelines', guidelinesHint: 'What the planner shall keep to: words to use and to avoid, tone, what must not be shown.',
  newTitle: 'New brand kit', editTitle: (name: string) => name, unnamed: 'Unnamed brand', nameMissing: 'Give it a name.', saved: (name: string) => `${name} is kept.`, removed: (name: string) => `${name} was removed.`,
  removeTitle: (name: string) => `Remove ${name}?`, removeText: 'Adverts that were made with it keep their look.', changed: (date: string) => `Changed ${date}`,
};
