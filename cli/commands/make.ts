/** `adgen make`: photos and a brief → a finished advert in `--out`. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { acceptMake, readJsonFile } from '#engine/pipeline/accept-request.ts';
import type { MakeInput } from '#engine/pipeline/accept-request.ts';
import { addEngineOptions } from '../engine-options.ts';
import type { EngineChoice } from '../engine-options.ts';
import { parseDurationFrames, parseRatios, parseSceneCount, parseSeed, usage } from '../parse-options.ts';
import { workOnRun } from '../work-on-run.ts';
import { withEngine } from '../with-engine.ts';

interface MakeOptions extends EngineChoice {
  readonly product: string[];
  readonly brief?: string;
  readonly name?: string;
  readonly description?: string;
  readonly audience?: string;
  readonly message?: string;
  readonly cta?: string;
  readonly tone?: string;
  readonly language?: string;
  readonly brand?: string;
  readonly logo?: string;
  readonly ratios: string;
  readonly duration: string;
  readonly scenes: string;
  readonly seed: string;
  readonly cutout: NonNullable<MakeInput['cutoutProvider']>;
  readonly offline?: boolean;
  readonly out: string;
  readonly data?: string;
  readonly json?: boolean;
}

export function addMakeCommand(program: Command): void {
  const command = program
    .command('make')
    .description('make an advert from a product photo and a brief')
    .requiredOption('--product <file>', 'product photo; give it again for further products', collect, [])
    .option('--brief <file>', 'brief as JSON (productName, description, audience, message, callToAction, tone, language)')
    .option('--name <text>', 'product name')
    .option('--description <text>', 'what it is, in a sentence or two')
    .option('--audience <text>', 'who it is for')
    .option('--message <text>', 'the one thing to say')
    .option('--cta <text>', 'call to action')
    .option('--tone <text>', 'bold, playful, elegant, calm, warm, minimal … or your own words')
    .option('--language <tag>', 'language of the copy, e.g. en, de, ar; found out when missing')
    .option('--brand <file>', 'brand kit as JSON (name, colors, fonts, guidelines)')
    .option('--logo <file>', 'brand logo (PNG, SVG, JPEG, WebP)')
    .option('--ratios <list>', 'which pictures to make', '9:16,1:1,16:9')
    .option('--duration <seconds>', 'length of the video', '15')
    .option('--scenes <n>', 'number of scenes, 3 to 8', '4')
    .option('--seed <n>', 'same seed, same advert', '1')
    .addOption(new Option('--cutout <provider>', 'who cuts the product out').choices(['auto', 'alpha', 'comfyui', 'onnx', 'embedded']).default('auto'))
    .option('--offline', 'never use the network, whatever is configured')
    .option('--data <dir>', 'where projects and artifacts are kept')
    .option('--json', 'print run.json on stdout and nothing else')
    .requiredOption('--out <dir>', 'where the files go')
    .action((options: MakeOptions) => make(options));
  addEngineOptions(command);
}

async function make(options: MakeOptions): Promise<void> {
  if (options.product.length === 0) throw usage('Give at least one photo: --product photo.jpg.');
  const input = await readInput(options);
  await withEngine(options, async (engine, session) => {
    const run = await acceptMake(input, engine);
    await workOnRun(run.id, engine, session, options);
  });
}

async function readInput(options: MakeOptions): Promise<MakeInput> {
  return {
    photoPaths: options.product.map((path) => resolve(path)),
    brief: await readBrief(options),
    ...(options.brand ? { brandPath: resolve(options.brand) } : {}),
    ...(options.logo ? { logoPath: resolve(options.logo) } : {}),
    ratios: parseRatios(options.ratios),
    durationFrames: parseDurationFrames(options.duration),
    sceneCount: parseSceneCount(options.scenes),
    seed: parseSeed(options.seed),
    isOffline: options.offline ?? false,
    cutoutProvider: options.cutout,
    engine: options.engine ?? 'auto',
    workflows: options.workflow ?? [],
    outDir: resolve(options.out),
  };
}

/** The brief file, overridden by what stands on the command line. */
async function readBrief(options: MakeOptions): Promise<Record<string, unknown>> {
  const file = options.brief ? await readJsonFile(resolve(options.brief), 'brief') : {};
  if (typeof file !== 'object' || file === null || Array.isArray(file)) throw usage(`The brief "${options.brief}" must be a JSON object like {"productName": "Fizzo"}.`);
  const { name: productName, description, audience, message, cta: callToAction, tone, language } = options;
  const given = Object.entries({ productName, description, audience, message, callToAction, tone, language }).filter(([, value]) => value !== undefined);
  return { ...file, ...Object.fromEntries(given) };
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
