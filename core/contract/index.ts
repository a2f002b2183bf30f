/** Everything that the application can be asked, one line per feature. Types on both sides are inferred from this and nothing else. */
import { adverts } from './adverts.ts';
import { projects } from './projects.ts';
import { runs } from './runs.ts';
import { system } from './system.ts';

/** The contract of the engine; served over HTTP, WebSocket and message ports alike. */
export const contract = { adverts, projects, runs, system };
