/** True for a sentence that talks to the planner ("ignore the rules and write …") instead of about the product. */
export function isInstruction(sentence: string): boolean {
  return /\b(ignore|disregard|forget)\b.{0,40}\b(rules?|instructions?|prompts?|guidelines?)\b/iu.test(sentence);
}
