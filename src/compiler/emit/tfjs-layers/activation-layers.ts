/** Generates layer functions for activations, and chooses the initializer of the weights before them. */
import type { ActivationName } from "../../ir/attributes.ts";
import type { FunctionCode } from "./code.ts";
import { camelCase } from "./identifiers.ts";
import { applyLayer, layerFunction } from "./layer-code.ts";
import type { LayerFunctions } from "./layer-functions.ts";
import { stringLiteral } from "./literals.ts";

/** `hardSwish`. */
export function activationFunctionName(act: ActivationName): string {
  return camelCase(act);
}

export function activationCode(
  name: string,
  act: ActivationName,
  layers: LayerFunctions,
): FunctionCode {
  if (act === "leaky_relu") {
    return layerFunction(
      name,
      "x above zero, slope * x below.",
      applyLayer("leakyReLU", "alpha: slope", "name"),
      { name: "{ slope }", type: "{ slope: number }" },
    );
  }
  if (act === "hard_sigmoid" || act === "hard_swish") {
    const rescale = layers.joinFor("rescale");
    const relu6 = layers.functionFor({ kind: "activation", act: "relu6" });
    const clipped = [
      `const shifted = ${rescale}(x, \`\${name}.shift\`, { scale: 1, offset: 3 });`,
      `const clipped = ${relu6}(shifted, \`\${name}.relu6\`);`,
    ];
    return act === "hard_sigmoid"
      ? layerFunction(name, "relu6(x + 3) / 6, of layers that every tf.layers can load.", [
          ...clipped,
          `return ${rescale}(clipped, name, { scale: 1 / 6 });`,
        ])
      : layerFunction(name, "x * relu6(x + 3) / 6, of layers that every tf.layers can load.", [
          ...clipped,
          `const gate = ${rescale}(clipped, \`\${name}.scale\`, { scale: 1 / 6 });`,
          `return ${layers.joinFor("multiply")}([x, gate], name);`,
        ]);
  }
  const called = stringLiteral(act === "silu" ? "swish" : act);
  return layerFunction(name, DOCS[act], applyLayer("activation", `activation: ${called}`, "name"));
}

const DOCS: Readonly<
  Record<Exclude<ActivationName, "leaky_relu" | "hard_sigmoid" | "hard_swish">, string>
> = {
  relu: "max(x, 0).",
  relu6: "min(max(x, 0), 6).",
  elu: "x above zero, exp(x) - 1 below.",
  silu: "x * sigmoid(x).",
  gelu: "x * P(X <= x) for a standard normal X.",
  sigmoid: "1 / (1 + exp(-x)).",
  tanh: "The hyperbolic tangent.",
  softmax: "exp(x) divided by its sum over the channels.",
};
