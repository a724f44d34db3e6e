/** Formats a convention's weights as a readable sum, such as `2·MAC + bias`. */
import type { Primitives } from "../../ops/primitives.ts";
import type { Convention } from "./convention.ts";

/** What primitives are called; those that stand together share a word where they weigh the same. */
const TERMS: readonly {
  readonly names: readonly (keyof Primitives)[];
  readonly word: string;
}[] = [
  { names: ["convMacs", "denseMacs"], word: "MAC" },
  { names: ["convMacs"], word: "conv MAC" },
  { names: ["denseMacs"], word: "dense MAC" },
  { names: ["convOutputElements"], word: "conv outputs" },
  { names: ["convBiasAdds", "denseBiasAdds"], word: "bias" },
  { names: ["convBiasAdds"], word: "conv bias" },
  { names: ["denseBiasAdds"], word: "dense bias" },
  { names: ["batchNormElements"], word: "batch norm" },
  { names: ["batchNormChannels"], word: "batch norm channels" },
  { names: ["layerNormElements"], word: "layer norm" },
  { names: ["layerNormChannels"], word: "layer norm channels" },
  { names: ["groupNormElements"], word: "group norm" },
  { names: ["groupNormChannels"], word: "group norm channels" },
  { names: ["reluElements", "otherActivationElements"], word: "activation" },
  { names: ["reluElements"], word: "relu" },
  { names: ["otherActivationElements"], word: "other activation" },
  {
    names: ["maxPoolInputElements", "avgPoolInputElements", "globalPoolInputElements"],
    word: "pool inputs",
  },
  { names: ["maxPoolInputElements"], word: "max pool inputs" },
  { names: ["avgPoolInputElements"], word: "average pool inputs" },
  { names: ["maxPoolWindowElements", "avgPoolWindowElements"], word: "pool windows" },
  { names: ["maxPoolWindowElements"], word: "max pool windows" },
  { names: ["avgPoolWindowElements"], word: "average pool windows" },
  { names: ["maxPoolRowElements", "avgPoolRowElements"], word: "rows of pool windows" },
  { names: ["maxPoolRowElements"], word: "rows of max pool windows" },
  { names: ["avgPoolRowElements"], word: "rows of average pool windows" },
  { names: ["maxPoolOutputElements"], word: "max pool outputs" },
  { names: ["avgPoolOutputElements"], word: "average pool outputs" },
  { names: ["globalPoolInputElements"], word: "global pool inputs" },
  { names: ["globalPoolOutputElements"], word: "global pool outputs" },
  { names: ["scaleMuls", "joinAdds"], word: "scale and add" },
  { names: ["scaleMuls"], word: "scale" },
  { names: ["joinAdds"], word: "add" },
  { names: ["resampleElements", "nearestElements"], word: "resampling and nearest" },
  { names: ["resampleElements"], word: "resampling" },
  { names: ["nearestElements"], word: "nearest" },
  { names: ["l2NormElements"], word: "l2norm" },
  { names: ["lrnElements"], word: "lrn" },
  { names: ["lrnWindowElements"], word: "lrn windows" },
];

/**
 * The rule as a sum: `2·MAC + bias + 2·batch norm − max pool outputs`. For the primitives of a network, without what it has
 * none of.
 */
export function formatRule({ weights }: Convention, primitives?: Primitives): string {
  const told = new Set<keyof Primitives>();
  let text = "";
  for (const { names, word } of TERMS) {
    const [first] = names;
    const weight = (first && weights[first]) ?? 0;
    const isShared = names.every((name) => (weights[name] ?? 0) === weight);
    const isAbsent = primitives && names.every((name) => primitives[name] === 0);
    if (isAbsent || weight === 0 || !isShared || names.some((name) => told.has(name))) continue;
    for (const name of names) told.add(name);
    const factor = Math.abs(weight) === 1 ? "" : `${Math.abs(weight)}·`;
    const sign = weight < 0 ? "−" : "+";
    text += text === "" && weight > 0 ? `${factor}${word}` : ` ${sign} ${factor}${word}`;
  }
  return text.trimStart();
}
