/** All cases for a server that answers. */
import type { ServedCase } from './case.ts';
import { failureCases } from './cases/failures.ts';
import { identityCases } from './cases/identity.ts';
import { interruptionCases } from './cases/interruptions.ts';
import { resultCases } from './cases/results.ts';

export const servedCases: readonly ServedCase[] = [...identityCases, ...resultCases, ...failureCases, ...interruptionCases];
