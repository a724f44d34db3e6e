/** The signature that all layer functions share: a tensor, the layer's name and its arguments in, a tensor out. */
import type { FunctionCode, ParameterCode } from "./code.ts";
import { BODY_WIDTH, layOutCall } from "./layout.ts";

/** What generated files call `tf.SymbolicTensor`. */
export const TENSOR = "Tensor";

export const APPLY_LAYER = `return layer.apply(x) as ${TENSOR};`;

export function layerFunction(
  name: string,
  doc: string,
  body: readonly string[],
  parameter?: ParameterCode,
): FunctionCode {
  return {
    kind: "function",
    name,
    doc,
    isExported: false,
    parameters: [
      { name: "x", type: TENSOR },
      { name: "name", type: "string" },
      ...(parameter ? [parameter] : []),
    ],
    returnType: TENSOR,
    body,
  };
}

/** Makes a layer and applies it to `x`; `properties` are `name`, `name: value` or `...name`. */
export function applyLayer(
  constructorName: string,
  ...properties: readonly string[]
): readonly string[] {
  const named = properties.map((property) => {
    const [name = "", value = name] = property.split(": ");
    return { name, value };
  });
  const head = `const layer = tf.layers.${constructorName}`;
  return [...layOutCall(head, [{ properties: named }], ";", BODY_WIDTH), APPLY_LAYER];
}
