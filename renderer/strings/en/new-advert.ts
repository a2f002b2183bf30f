const number = (value: number, digits = 1): string => value.toLocaleString('en', { maximumFractionDigits: digits });
const length = (seconds: number): string => (seconds < 90 ? `${number(seconds, 0)} s` : `${number(seconds / 60, 0)} min`);

const PROVIDERS: Readonly<Record<string, string>> = { embedded: 'Built-in', comfyui: 'ComfyUI', openai: 'Language model', alpha: 'The file itself', onnx: 'Your ONNX model', ffmpeg: 'FFmpeg' };

/** Words of the feature `newAdvert`. */
export const newAdvert = {
  locale: 'en',
  title: 'New advert', subtitle: 'Start with a photo of the product. Everything else is optional.',
  photos: 'Product photos', dropHere: 'Drop a product photo here', dropHint: 'or paste one. JPEG, PNG, WebP, AVIF, TIFF or HEIC, up to 12 photos of the same product.', dropNow: 'Drop to add', pick: 'Choose photos …', addPhotos: 'Add more photos',
  trySample: 'Try the sample product', sampleLost: 'The sample product cannot be read. Add a photo of your own.',
  sampleBrief: { productName: 'Fizzo', description: 'Sparkling blood orange soda, lightly sweetened', audience: 'People who like it fresh', message: 'The taste of a long evening', callToAction: 'Taste it', tone: 'playful', language: 'en' },
  uploading: 'Taking the photo in …', cutting: 'Cutting out the product …', cutOutAgain: 'Try again',
  before: 'Photo', after: 'Cut-out', beforeAlt: 'The photo as it came', afterAlt: 'The product, cut out', compare: 'Compare photo and cut-out',
  ground: 'Show on', grounds: { checker: 'Checkerboard', light: 'White', dark: 'Black', brand: 'Brand colour' },
  correct: 'Correct …', corrected: 'Corrected by hand', removePhoto: (name: string) => `Remove ${name}`, putAway: 'Dismiss',
  refused: {
    folder: (name: string) => `"${name}" is a folder. Open it and drop the photos in it.`,
    kind: (name: string) => `"${name}" is no photo. Use a JPEG, PNG, WebP, AVIF, TIFF or HEIC picture.`,
    size: (name: string) => `"${name}" is larger than 200 MB. Save a smaller copy.`,
    empty: (name: string) => `"${name}" is empty. Export or download it again.`,
    count: (count: number) => `An advert takes 12 photos; ${count} more ${count === 1 ? 'was' : 'were'} left out.`,
  },
  uploadLost: (name: string) => `"${name}" did not arrive, because the engine was away. Add it again.`,
  briefTitle: 'Brief', briefHint: 'Only what stands here is said in the advert.',
  fields: { productName: 'Product name', description: 'What it is', audience: 'For whom', message: 'Key message', callToAction: 'Call to action' },
  examples: { productName: 'Fizzo', description: 'Sparkling blood orange soda, lightly sweetened', audience: 'People who like it fresh', message: 'The taste of a long evening', callToAction: 'Taste it' },
  left: (count: number) => `${count} characters left`,
  tone: 'Tone', toneAuto: 'From the product', tones: { bold: 'Bold', playful: 'Playful', elegant: 'Elegant', warm: 'Warm', minimal: 'Minimal', natural: 'Natural', tech: 'Technical', calm: 'Calm' },
  language: 'Language', languageAuto: 'From the text',
  formatTitle: 'Format', formats: 'Shapes', places: { '9:16': 'Stories, Reels, TikTok', '1:1': 'Feeds', '16:9': 'YouTube, web' }, duration: 'Length', scenes: 'Scenes',
  brandTitle: 'Brand', brandHint: 'Left open, the look follows the product.', brandKit: 'Brand kit', noKit: 'No kit', unnamedKit: 'Unnamed kit',
  colors: 'Brand colours', colorNames: { primary: 'Main', secondary: 'Second', accent: 'Accent', background: 'Ground', text: 'Text' }, clearColor: (name: string) => `Clear: ${name}`,
  headingFont: 'Headline font', bodyFont: 'Text font', fontAuto: 'To suit the tone', kitName: 'Keep this look as', kitNameExample: 'Name of the brand', keepKit: 'Keep as kit', kitKept: (name: string) => `"${name}" is kept.`,
  engineTitle: 'Made by', engine: 'Engine', engines: { auto: 'Automatic', comfyui: 'ComfyUI', embedded: 'Built-in' },
  time: 'Time', memory: 'Graphics memory', cost: 'Cost', free: 'Free', noGpu: 'Not needed', basis: { measured: 'measured here', estimated: 'estimated' },
  range: (from: number, to: number) => (length(from) === length(to) ? length(to) : `${length(from)} – ${length(to)}`), gigabytes: (bytes: number) => `${number(bytes / 1e9)} GB`, dollars: (value: number) => `$${number(value, 2)}`,
  capabilities: { plan: 'Script', cutout: 'Cut-out', backdrop: 'Backdrops', music: 'Music', render: 'Film' }, provider: (id: string) => PROVIDERS[id] ?? id,
  make: 'Make advert', beginAnew: 'Begin anew', missing: { photo: 'Add a photo of the product to begin.', ratio: 'Choose at least one shape.' }, waitingForUpload: 'Starts as soon as the photo is in …',
  summary: (ratios: number, seconds: number, scenes: number) => `${ratios} ${ratios === 1 ? 'film' : 'films'} of ${number(seconds)} s and ${ratios} ${ratios === 1 ? 'still' : 'stills'}, ${scenes} scenes`,
  maskEditor: 'Cut-out', maskTitle: 'Correct the cut-out', maskCanvas: 'The photo, the cut-out in full and the rest dimmed. Arrow keys move the brush, Space paints.', maskHint: 'Wheel zooms, right button moves. [ ] size, X swaps.', openingPhoto: 'Opening the photo …',
  brush: 'Brush', brushAdd: 'Add', brushRemove: 'Remove', brushSize: 'Size', brushHardness: 'Hardness', feather: 'Edge softness', pixels: (value: number) => `${number(value)} px`,
  swapBrush: 'Swap adding and removing', smallerBrush: 'Smaller brush', largerBrush: 'Larger brush', zoomIn: 'Zoom in', zoomOut: 'Zoom out', zoomFit: 'Whole photo', resetMask: 'Back to the automatic cut-out', applyMask: 'Apply',
};
