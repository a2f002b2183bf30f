/** The engine's procedures behind the contract, one line per feature. Transports know only this router. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { brandsApi } from '#engine/brand/api.ts';
import { cutoutsApi } from '#engine/cutout/api.ts';
import { desktopApi } from '#engine/desktop/api.ts';
import { exportsApi } from '#engine/exports/api.ts';
import { deliveriesApi } from '#engine/exports/deliveries-api.ts';
import { runsApi } from '#engine/jobs/api.ts';
import { mediaApi } from '#engine/media/api.ts';
import { advertsApi } from '#engine/pipeline/api.ts';
import { previewsApi } from '#engine/previews/api.ts';
import { projectsApi } from '#engine/projects/api.ts';
import { settingsApi } from '#engine/settings/api.ts';
import { sidecarApi } from '#engine/sidecar/api.ts';
import { readVersion } from './version.ts';

/** What transports serve. */
export type EngineRouter = ReturnType<typeof createRouter>;

/** All procedures of an open engine. */
export function createRouter(tools: ApiTools) {
  const { engine, mediaKey } = tools;
  return os.router({
    system: { about: os.system.about.handler(() => ({ version: readVersion(), dataDir: engine.services.dataDir, notices: [...engine.notices], mediaKey })) },
    adverts: advertsApi(tools),
    brands: brandsApi(tools),
    cutouts: cutoutsApi(tools),
    deliveries: deliveriesApi(tools),
    desktop: desktopApi(tools),
    exports: exportsApi(tools),
    media: mediaApi(tools),
    previews: previewsApi(tools),
    projects: projectsApi(tools),
    runs: runsApi(tools),
    settings: settingsApi(tools),
    sidecar: sidecarApi(tools),
  });
}
