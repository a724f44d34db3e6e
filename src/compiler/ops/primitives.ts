/** Counts of primitive operations, from which every cost convention is computed. Batch of 1, inference. */

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
  readonly layerNormElements: number;
  readonly layerNormChannels: number;
  readonly groupNormElements: number;
  readonly groupNormChannels: number;
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
  /** Multiplications by a residual scale, a gate or a learned scale. */
  readonly scaleMuls: number;
  /** Additions of residuals and sums. */
  readonly joinAdds: number;
  /** Multiply-adds of interpolation. */
  readonly resampleElements: number;
  /** Elements that are copies of the nearest one. */
  readonly nearestElements: number;
  /** Elements normalized to unit length. */
  readonly l2NormElements: number;
  readonly lrnElements: number;
  /** Output elements × channels of the window, also where the window reaches beyond the first or last channel. */
  readonly lrnWindowElements: number;
}

export const PRIMITIVE_NAMES = [
  "convMacs",
  "denseMacs",
  "convBiasAdds",
  "denseBiasAdds",
  "convOutputElements",
  "batchNormElements",
  "batchNormChannels",
  "layerNormElements",
  "layerNormChannels",
  "groupNormElements",
  "groupNormChannels",
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
  "nearestElements",
  "l2NormElements",
  "lrnElements",
  "lrnWindowElements",
] as const satisfies readonly (keyof Primitives)[];

/** Spelled out, so that a sum begins as a copy of one plain object: sums are made for every layer. */
export const NO_PRIMITIVES: Primitives = {
  convMacs: 0,
  denseMacs: 0,
  convBiasAdds: 0,
  denseBiasAdds: 0,
  convOutputElements: 0,
  batchNormElements: 0,
  batchNormChannels: 0,
  layerNormElements: 0,
  layerNormChannels: 0,
  groupNormElements: 0,
  groupNormChannels: 0,
  reluElements: 0,
  otherActivationElements: 0,
  maxPoolInputElements: 0,
  maxPoolOutputElements: 0,
  maxPoolWindowElements: 0,
  maxPoolRowElements: 0,
  avgPoolInputElements: 0,
  avgPoolOutputElements: 0,
  avgPoolWindowElements: 0,
  avgPoolRowElements: 0,
  globalPoolInputElements: 0,
  globalPoolOutputElements: 0,
  scaleMuls: 0,
  joinAdds: 0,
  resampleElements: 0,
  nearestElements: 0,
  l2NormElements: 0,
  lrnElements: 0,
  lrnWindowElements: 0,
};

export function sumPrimitives(parts: readonly Partial<Primitives>[]): Primitives {
  const total: Record<keyof Primitives, number> = { ...NO_PRIMITIVES };
  for (const part of parts) {
    for (const name of PRIMITIVE_NAMES) {
      const count = part[name];
      if (count) total[name] += count;
    }
  }
  return total;
}
