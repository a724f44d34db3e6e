/** Generates each layer function when it is first requested and keeps the functions in that order. */
import { unreachable } from "../../core/assert.ts";
import { ACTIVATIONS } from "../../ir/attributes.ts";
import { activationCode, activationFunctionName } from "./activation-layers.ts";
import type { Code } from "./code.ts";
import { CUSTOM_LAYERS } from "./custom-layers.ts";
import { capitalized, type IdentifierNamer } from "./identifiers.ts";
import { JOIN_STYLES, PLAIN_LAYERS } from "./layer-call.ts";
import type { LayerFunctions } from "./layer-functions.ts";
import { joinCode, plainCode } from "./plain-layers.ts";
import { SUPPORT_FUNCTIONS } from "./support-functions.ts";
import {
  argumentsCode,
  batchNormCode,
  batchNormOfOptionsCode,
  weightedCode,
  weightedFunctionName,
} from "./weighted-layers.ts";

const FIXED_NAMES: readonly string[] = [
  ...Object.keys(SUPPORT_FUNCTIONS),
  ...Object.keys(CUSTOM_LAYERS),
  ...PLAIN_LAYERS,
  ...JOIN_STYLES,
  ...ACTIVATIONS.map(activationFunctionName),
  "batchNorm",
];

export function createLayerFunctions(namer: IdentifierNamer): LayerFunctions {
  // Claimed even if unused, so that a label with such a name is the one that is renamed.
  const fixed = new Map(FIXED_NAMES.map((name) => [name, namer.claim(name)]));
  const names = new Map<string, string>();
  const parts: { code?: Code }[] = [];

  const once = (key: string, wanted: string, make: (name: string) => Code): string => {
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = fixed.get(wanted) ?? namer.claim(wanted);
    fixed.delete(wanted);
    names.set(key, name);
    // Its place comes before that of what it calls in turn.
    const part: { code?: Code } = {};
    parts.push(part);
    part.code = make(name);
    return name;
  };

  const layers: LayerFunctions = {
    functionFor: (style) => {
      const key = JSON.stringify(style);
      switch (style.kind) {
        case "weighted":
          return once(key, weightedFunctionName(style.layer, style.tail), (name) =>
            weightedCode(name, style, layers),
          );
        case "batchNorm":
          return once(key, "batchNorm", (name) => batchNormCode(name, style.norm));
        case "batchNormOfOptions":
          return once(key, "batchNorm", (name) =>
            batchNormOfOptionsCode(name, style.gamma, style.beta),
          );
        case "activation":
          return once(key, activationFunctionName(style.act), (name) =>
            activationCode(name, style.act, layers),
          );
        case "plain":
          return once(key, style.layer, (name) => plainCode(name, style.layer, layers));
        default:
          return unreachable(style);
      }
    },
    joinFor: (style) => once(`join ${style}`, style, (name) => joinCode(name, style, layers)),
    supportFor: (support) =>
      once(`support ${support}`, support, (name) => SUPPORT_FUNCTIONS[support](name)),
    customFor: (layer) =>
      once(`class ${layer}`, layer, (name) => ({
        kind: "text",
        lines: CUSTOM_LAYERS[layer](name),
      })),
    argumentsFor: (owner) =>
      owner === "dense"
        ? "{ units: number; seed: number }"
        : once(`arguments ${owner}`, `${capitalized(owner)}Args`, (name) =>
            argumentsCode(name, owner),
          ),
    get code() {
      return parts.flatMap(({ code }) => code ?? []);
    },
  };
  return layers;
}
