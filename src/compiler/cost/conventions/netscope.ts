/** Counts as Netscope's column of multiply-adds does; taken from its source, not from a run. */
import type { Convention } from "./convention.ts";

export const netscope: Convention = {
  name: "netscope",
  word: "MACs",
  doc: "Netscope's column of multiply-adds, read from its source and not run; its other operations stand in columns of their own.",
  weights: {
    convMacs: 1,
    denseMacs: 1,
  },
};
