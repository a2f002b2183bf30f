/** The `deliveries` procedures of the contract. */
import { os } from '#engine/api.ts';
import type { ApiTools } from '#engine/api.ts';
import { importDelivery } from './import-delivery.ts';

/** The `deliveries` procedures of the contract. */
export function deliveriesApi({ engine }: ApiTools) {
  return {
    import: os.deliveries.import.handler(async ({ input }) => {
      const { project, assets } = await importDelivery(input.path, engine);
      return { projectId: project.id, name: project.name, assets };
    }),
  };
}
