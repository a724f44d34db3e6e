/** Owns the primitive operation counts from which every cost convention is computed. Batch 1, inference. */

/** Exact integer counts; "elements" are output elements unless a name says otherwise. */
export interface Primitives {
  readonly convMacs: number;
  readonly denseMacs: number;
  /** One addition per output element of a layer with a bias. */
  readonly convBiasAdds: number;
  readonly denseBiasAdds: number;
  readonly convOutputElements: number;
  readonly batchNormElements: number;
  readonly batchNormChannels: number;
  readonly reluElements: number;
  /** Elements through any activation but the relu family. */
  readonly otherActivationElements: number;
  readonly maxPoolInputElements: number;
  readonly maxPoolOutputElements: number;
  /** Output elements × cells of the window. */
  readonly maxPoolWindowElements: number;
  /** Output elements × rows of the window: some tools take the side of a window for its cells. */
  readonly maxPoolRowElements: number;
  readonly avgPoolInputElements: number;
  readonly avgPoolOutputElements: number;
  readonly avgPoolWindowElements: number;
  readonly avgPoolRowElements: number;
  readonly globalPoolInputElements: number;
  readonly globalPoolOutputElements: number;
  /** Multiplications by a residual scale or a gate. */
  readonly scaleMuls: number;
  /** Additions of residuals and sums. */
  readonly joinAdds: number;
  /** Multiply-adds of interpolation. */
  readonly resampleElements: number;
  /** Elements normalized to unit length. */
  readonly l2NormElements: number;
}

export const PRIMITIVE_NAMES = [
  "convMacs",
  "denseMacs",
  "convBiasAdds",
  "denseBiasAdds",
  "convOutputElements",
  "batchNormElements",
  "batchNormChannels",
  "reluElements",
  "otherActivationElements",
  "maxPoolInputElements",
  "maxPoolOutputElements",
  "maxPoolWindowElements",
  "maxPoolRowElements",
  "avgPoolInputElements",
  "avgPoolOutputElements",
  "avgPoolWindowElements",
  "avgPoolRowElements",
  "globalPoolInputElements",
  "globalPoolOutputElements",
  "scaleMuls",
  "joinAdds",
  "resampleElements",
  "l2NormElements",
] as const satisfies readonly (keyof Primitives)[];

export function sumPrimitives(parts: readonly Partial<Primitives>[]): Primitives {
  const total = Object.fromEntries(PRIMITIVE_NAMES.map((name) => [name, 0])) as Record<
    keyof Primitives,
    number
  >;
  for (const part of parts) {
    for (const name of PRIMITIVE_NAMES) total[name] += part[name] ?? 0;
  }
  return total;
}
