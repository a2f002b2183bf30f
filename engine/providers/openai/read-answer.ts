/** Reads a plan out of a model's text: strips what models wrap around JSON, then checks it against the schema. */
import { planAnswerSchema, type PlanAnswer } from '#core/planning/plan-answer.ts';

/** The answer, or the problems as lines that the model can act on. */
export type ReadAnswer = { readonly answer: PlanAnswer } | { readonly problems: string };

/** Never throws, whatever the text is. */
export function readAnswer(text: string, bodyCount: number): ReadAnswer {
  const json = extractJson(text);
  if (json === undefined) return { problems: 'The answer holds no JSON object.' };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { problems: `The answer is not valid JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const result = planAnswerSchema(bodyCount).safeParse(value);
  if (result.success) return { answer: result.data };
  const lines = result.error.issues.slice(0, 12).map((issue) => `- ${issue.path.map(String).join('.') || 'answer'}: ${issue.message}`);
  return { problems: lines.join('\n').slice(0, 2000) };
}

/** From the first brace to the last, without a reasoning preamble or a code fence. */
function extractJson(text: string): string | undefined {
  const spoken = text.replace(/<think>[\s\S]*?<\/think>/gi, '');
  const start = spoken.indexOf('{');
  const end = spoken.lastIndexOf('}');
  return start < 0 || end < start ? undefined : spoken.slice(start, end + 1);
}
