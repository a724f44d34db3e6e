/** The result of an alignment: pairs of corresponding parts and the reason for each. */
import type { Part } from "../part.ts";

/** Why two parts are one: their place and contents, a hint, or because of their similarity in different places. */
export type Reason = "place" | "hint" | "renamed" | "moved";

export interface Pair {
  readonly base: Part;
  readonly head: Part;
  readonly reason: Reason;
}

/** What users should know about how parts were matched. */
export type AlignmentNote =
  /** Steps that were too many and too different for the best alignment; a good one was taken. */
  | {
      readonly kind: "not-best";
      /** Path in base of what they are the steps of. */
      readonly path: string;
      readonly baseSteps: number;
      readonly headSteps: number;
    }
  /** Base has neither the former name that a label of head says, nor the label's own. */
  | { readonly kind: "unknown-former-name"; readonly path: string; readonly was: string };

export interface Alignment {
  readonly pairOfBase: ReadonlyMap<Part, Pair>;
  readonly pairOfHead: ReadonlyMap<Part, Pair>;
  readonly notes: readonly AlignmentNote[];
}

/** Maps a path of base to paths of head; the first that exists is used. */
export type PathMap = ReadonlyMap<string, readonly string[]>;

export interface AlignOptions {
  /** Pairs that the user knows of; they come before all others. */
  readonly map?: PathMap;
  /** Leaves out all pairs that the map does not name, or that lie in others than those it names. */
  readonly mapOnly?: boolean;
}

/** The same matching, from head to base. */
export function mirrorAlignment({ pairOfBase, pairOfHead, notes }: Alignment): Alignment {
  const turn = (pairs: ReadonlyMap<Part, Pair>): ReadonlyMap<Part, Pair> =>
    new Map(
      [...pairs].map(([part, { base, head, reason }]) => [
        part,
        { base: head, head: base, reason },
      ]),
    );
  return {
    pairOfBase: turn(pairOfHead),
    pairOfHead: turn(pairOfBase),
    notes: notes.map((note) =>
      note.kind === "not-best"
        ? { ...note, baseSteps: note.headSteps, headSteps: note.baseSteps }
        : note,
    ),
  };
}
