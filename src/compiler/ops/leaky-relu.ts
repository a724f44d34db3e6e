/** Owns the operator `leaky_relu`. */
import { defineActivation } from "./activation.ts";

export type LeakyReluAttributes = { readonly slope: number };

export const leakyRelu = defineActivation<LeakyReluAttributes>(
  "leaky_relu",
  "x above zero, slope * x below.",
  ["slope"],
  { slope: { type: "float", doc: "Slope below zero.", min: 0 } },
);
