/** Words round every screen. */
export const frame = {
  general: 'General', navigation: 'Studio', skip: 'Skip to the content', views: 'Views of the project', nothingHere: 'There is nothing here.', nothingFound: 'Nothing found.',
  home: 'Projects', goHome: 'Show projects', newAdvert: 'New advert', exports: 'Exports', settings: 'Settings', sidecar: 'ComfyUI engine',
  palette: 'Commands', paletteHint: 'What do you want to do?', shortcuts: 'Keyboard shortcuts',
  view: { run: 'Run', storyboard: 'Storyboard', timeline: 'Timeline', export: 'Export' },
  runDone: 'An advert is finished', runFailed: 'An advert was not finished', exportDone: 'An export is finished', exportFailed: 'An export was not finished',
  connecting: 'Opening the studio …', engineLost: 'The engine is being started again. Your work is kept.',
  noToken: 'This address is not valid any more.', noTokenText: 'Every start of the studio has an address of its own. Open the one that "npm start" printed.',
};
