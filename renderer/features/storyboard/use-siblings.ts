import { useQuery } from '@tanstack/react-query';
import { engine, useConnection } from '../../api/connection.ts';
import { useProjectSelector } from '../project/project-store.ts';
import type { ProjectCard } from '../project/project-store.ts';

/** A project of the family: the original and its variants, with letters in the order in which they were made. */
export interface Sibling {
  readonly letter: string;
  readonly card: ProjectCard;
}

/** The family of the open project; one alone has none. */
export function useSiblings(projectId: string) {
  const generation = useConnection((connection) => connection.generation);
  const root = useProjectSelector((document) => document.variant?.of ?? document.id);
  // Variants keep the product's name, so a search for it finds them without reading thousands of others.
  const query = useProjectSelector((document) => document.brief.productName.trim());
  return useQuery({
    queryKey: ['projects', 'family', root, query, generation],
    queryFn: async () => lettered((await engine.projects.list({ query: query.slice(0, 200), limit: 300, sort: 'created' })).items.filter((card) => card.id === root || card.variantOf === root), root, projectId),
    placeholderData: (before) => before,
  });
}

function lettered(cards: readonly ProjectCard[], root: string, projectId: string): Sibling[] {
  if (cards.length < 2 && cards.every(({ id }) => id === projectId)) return [];
  return cards.toSorted((a, b) => Number(b.id === root) - Number(a.id === root) || a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1)).map((card, index) => ({ card, letter: letterOf(index) }));
}

/** A … Z, AA … */
export function letterOf(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest > 0 ? letterOf(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`;
}
