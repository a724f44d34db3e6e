/** Names of the compiler's phases, for callers that measure the time each takes. */

export type Phase =
  | "parse"
  | "bind"
  | "declarations"
  | "elaborate"
  | "infer"
  | "budgets"
  | "lint"
  | "lower"
  | "emit";

/** Callback for the end of a phase; a phase that runs per network ends once for each network. */
export type OnPhaseEnd = (phase: Phase) => void;

/** The default callback, a no-op. */
export const IGNORE_PHASES: OnPhaseEnd = () => {};
