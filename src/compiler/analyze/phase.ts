/** Names of the compiler's phases, for callers that measure the time each takes. */

export type Phase =
  | "parse"
  | "bind"
  | "declarations"
  | "elaborate"
  | "infer"
  | "budgets"
  | "lint"
  | "emit";

/** Called whenever a phase ends; a phase that runs per network ends once for each network. */
export type OnPhaseEnd = (phase: Phase) => void;

export const UNHEARD: OnPhaseEnd = () => {};
