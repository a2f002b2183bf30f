/** Words of the feature `findings`. In English what pre-flight says is shown as it comes; other languages have a sentence per rule, and spell its figures. */
export const findings = {
  rules: {} as Readonly<Record<string, string>>,
  scene: (number: string) => `scene ${number}`,
  figures: [] as readonly (readonly [RegExp, string])[],
};
