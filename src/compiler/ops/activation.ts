/** Declares activation operators: all keep the shape, have no weights and touch each element once. */
import type { ActivationName, Attributes } from "../ir/attributes.ts";
import { knownElements } from "./feature-map.ts";
import { type AttributeDefinition, defineOperator, type OperatorDefinition } from "./operator.ts";
import type { Primitives } from "./primitives.ts";

/** Those that only compare and scale; every other activation evaluates a function such as exp. */
const RELU_FAMILY: ReadonlySet<ActivationName> = new Set(["relu", "relu6", "leaky_relu"]);

export function activationCounts(
  activation: ActivationName,
  elements: number,
): Partial<Primitives> {
  return RELU_FAMILY.has(activation)
    ? { reluElements: elements }
    : { otherActivationElements: elements };
}

/** `leaky_relu` alone has one. */
function slopeOf({ slope }: Attributes): number {
  return typeof slope === "number" ? slope : 0;
}

/** An activation that takes no attributes. */
export type NoAttributes = Readonly<Record<never, never>>;

/** Declares an activation as a step of its own. */
export function defineActivation<A extends Attributes>(
  name: ActivationName,
  doc: string,
  operands: readonly (keyof A & string)[],
  attributes: { readonly [Name in keyof A & string]: AttributeDefinition },
  alsoCalled: readonly string[] = [],
): OperatorDefinition<A> {
  return defineOperator<A>({
    name,
    family: "activation",
    doc,
    alsoCalled,
    operands,
    attributes,
    flags: {},
    inferShape: (_, input) => input,
    lower: (attributes, { output }, layers) =>
      layers.add("activation", {
        attributes: { act: name, slope: slopeOf(attributes) },
        shape: output,
      }),
    measure: (_, input) => activationCounts(name, knownElements(input)),
  });
}
