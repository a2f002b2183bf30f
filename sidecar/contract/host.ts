/** A program that owns an engine and is going to be killed: starts it, says where it is, and then only waits. */
import { join } from 'node:path';
import { readRunRecord } from '../supervisor/run-record.ts';
import { createSupervisor } from '../supervisor/supervisor.ts';
import { prepareEngine } from './engine-choice.ts';
import type { EngineChoice } from './engine-choice.ts';

const [choice = '', root = ''] = process.argv.slice(2);
const supervisor = createSupervisor(await prepareEngine(JSON.parse(choice) as EngineChoice, root));
const url = await supervisor.start();
process.stdout.write(`${JSON.stringify({ url, ...readRunRecord(join(root, 'supervisor')) })}\n`);
setInterval(() => {}, 1000);
