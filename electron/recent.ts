/** The projects that were worked on last, for the menu. */
import type { EngineClient } from '#engine/host/message-port.ts';

export interface RecentProject {
  readonly id: string;
  readonly name: string;
}

const SHOWN = 8;

export async function recentProjects(client: EngineClient): Promise<readonly RecentProject[]> {
  const { items } = await client.projects.list({ sort: 'updated', limit: SHOWN });
  return items.map(({ id, name }) => ({ id, name }));
}
