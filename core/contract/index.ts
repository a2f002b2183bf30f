/** Everything that the application can be asked, one line per feature. Types on both sides are inferred from this and nothing else. */
import { adverts } from './adverts.ts';
import { brands } from './brands.ts';
import { cutouts } from './cutouts.ts';
import { deliveries } from './deliveries.ts';
import { desktop } from './desktop.ts';
import { exports } from './exports.ts';
import { media } from './media.ts';
import { previews } from './previews.ts';
import { projects } from './projects.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { sidecar } from './sidecar.ts';
import { system } from './system.ts';

/** The contract of the engine; served over HTTP, WebSocket and message ports alike. */
export const contract = { adverts, brands, cutouts, deliveries, desktop, exports, media, previews, projects, runs, settings, sidecar, system };
