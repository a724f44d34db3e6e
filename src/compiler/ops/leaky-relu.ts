/** Defines `leaky_relu`: negative inputs are multiplied by a small slope instead of becoming zero. */
import { defineActivation } from "./activation.ts";

export type LeakyReluAttributes = { readonly slope: number };

export const leakyRelu = defineActivation<LeakyReluAttributes>(
  "leaky_relu",
  "x above zero, slope * x below.",
  ["slope"],
  { slope: { type: "float", doc: "Slope below zero.", min: 0, change: "numerics" } },
);
