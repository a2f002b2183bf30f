/**
 * Compute capabilities by name, for drivers that do not tell them. From NVIDIA's list at developer.nvidia.com/cuda-gpus, reduced to
 * what decides: which generation a name belongs to. The first that fits counts.
 */
const GENERATIONS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:B200|B300|GB200|GB300)\b/, 10],
  [/\bRTX 50[5-9]0\b|\bRTX PRO \d+|\bBlackwell\b|\bGB10\b/, 12],
  [/\b(?:H100|H200|GH200|H800|H20)\b/, 9],
  [/\bRTX 40[5-9]0\b|\bRTX \d+ (?:SFF )?Ada\b|\bL4\b|\bL40S?\b/, 8.9],
  [/\b(?:A100|A800|A30)\b/, 8],
  [/\bRTX 30[5-9]0\b|\bRTX A\d{3,4}\b|\b(?:A2|A10G?|A16|A40)\b/, 8.6],
  [/\bRTX 20[5-9]0\b|\bGTX 16\d\d\b|\bTITAN RTX\b|\bQuadro RTX\b|\bT4G?\b|\bT[1245]00\b|\bT1000\b|\bT1200\b|\bMX450\b|\bMX550\b/, 7.5],
  [/\bV100\b|\bTITAN V\b|\bGV100\b/, 7],
  [/\bP100\b|\bGP100\b/, 6],
  [/\bGTX 10\d\d\b|\bGT 10\d\d\b|\bTITAN X(?:p\b|P\b| \(Pascal\))|\b(?:P4|P6|P40)\b|\bQuadro P\d+|\bMX[123]\d\d\b/, 6.1],
  [/\bGTX 9\d\d|\bTITAN X\b|\b(?:M4|M6|M40|M60)\b|\bQuadro M\d+/, 5.2],
  [/\bGTX 75\d|\b9[234]0MX?\b|\bM10\b/, 5],
  [/\bGTX [67]\d\d|\bTITAN(?: Black| Z)?$|\bK\d0\b|\bQuadro K\d+|\bGT [67]\d\d\b/, 3.5],
];

/** E.g. 8.9; undefined for a name that is not in the list. */
export function capabilityByName(name: string): number | undefined {
  return GENERATIONS.find(([pattern]) => pattern.test(name))?.[1];
}
