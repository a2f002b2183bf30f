/** US dollars per million tokens. */
export interface TokenPrice {
  readonly inputUsd: number;
  readonly outputUsd: number;
}

/** List prices of common models; dated snapshots (`gpt-4o-2024-11-20`) cost the same as their family. */
export const LIST_PRICES: Readonly<Record<string, TokenPrice>> = {
  'gpt-5': { inputUsd: 1.25, outputUsd: 10 },
  'gpt-5-mini': { inputUsd: 0.25, outputUsd: 2 },
  'gpt-5-nano': { inputUsd: 0.05, outputUsd: 0.4 },
  'gpt-4.1': { inputUsd: 2, outputUsd: 8 },
  'gpt-4.1-mini': { inputUsd: 0.4, outputUsd: 1.6 },
  'gpt-4.1-nano': { inputUsd: 0.1, outputUsd: 0.4 },
  'gpt-4o': { inputUsd: 2.5, outputUsd: 10 },
  'gpt-4o-mini': { inputUsd: 0.15, outputUsd: 0.6 },
};

/** Tokens of one call as the server reports them. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Dollars for a call, or undefined when the model has no known price. */
export function costOf(model: string, usage: Usage, prices: Readonly<Record<string, TokenPrice>>): number | undefined {
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const price = Object.hasOwn(prices, model) ? prices[model] : Object.hasOwn(prices, name) ? prices[name] : undefined;
  return price === undefined ? undefined : (usage.inputTokens * price.inputUsd + usage.outputTokens * price.outputUsd) / 1e6;
}
