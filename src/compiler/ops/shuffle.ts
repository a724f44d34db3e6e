/** Defines `shuffle`: deals the channels of equal groups out in turn, so that the next groups see some of each. */
import { isKnown } from "../ir/dimension.ts";
import { asFeatureMap } from "./feature-map.ts";
import { defineOperator } from "./operator.ts";

export type ShuffleAttributes = { readonly groups: number };

export const shuffle = defineOperator<ShuffleAttributes>({
  name: "shuffle",
  family: "shape",
  doc: "Deals the channels of equal groups out in turn, as ShuffleNet between grouped convolutions: of G groups, channel i of group g becomes channel i * G + g.",
  alsoCalled: ["channel_shuffle", "ChannelShuffle", "shuffle_channels"],
  operands: ["groups"],
  attributes: {
    groups: {
      type: "int",
      doc: "Number of equal groups; it must divide the channels.",
      min: 1,
      change: "numerics",
    },
  },
  flags: {},
  inferShape: ({ groups }, input, report) => {
    const map = asFeatureMap("shuffle", input, report);
    const [, , channels] = map;
    if (isKnown(channels) && channels % groups !== 0) {
      const of = "input channels";
      report("shape/groups-do-not-divide", { operator: "shuffle", groups, channels, of }, "groups");
    }
    return map;
  },
  lower: ({ groups }, { output }, layers) =>
    layers.add("shuffle", { attributes: { groups }, shape: output }),
  measure: () => ({}),
});
