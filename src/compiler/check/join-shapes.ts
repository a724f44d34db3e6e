/** Computes the shape after `concat`, `sum` and `split`, and the dimensions in which the branches differ. */
import type { JoinNode } from "../ir/architecture.ts";
import {
  addDimensions,
  channelsOf,
  compareDimensions,
  type Dimension,
  isUnknownShape,
  type Shape,
  UNKNOWN,
} from "../ir/dimension.ts";

export interface JoinedShape {
  /** Sizes in which the branches differ are unknown. */
  readonly output: Shape;
  /** `height`, `height and width`, `channels`, `the number of dimensions`; absent where the branches fit. */
  readonly differ?: string;
}

const AXES: readonly string[] = ["height", "width", "channels"];

/** `concat` and `split` add up channels and need equal sizes; `sum` needs equal shapes. */
export function joinShapes(kind: JoinNode["kind"], branches: readonly Shape[]): JoinedShape {
  const known = branches.filter((shape) => !isUnknownShape(shape));
  const [first] = known;
  if (!first) return { output: branches[0] ?? [] };
  if (known.some((shape) => shape.length !== first.length)) {
    return { output: first.map(() => UNKNOWN), differ: "the number of dimensions" };
  }
  const names = first.length === 1 ? ["length"] : AXES;
  const isConcat = kind !== "sum";
  const differing: string[] = [];
  const output = first.map((_, axis): Dimension => {
    if (isConcat && axis === first.length - 1) {
      return branches.map(channelsOf).reduce(addDimensions);
    }
    const { size, differs } = agree(known.map((shape) => shape[axis] ?? UNKNOWN));
    if (differs) differing.push(names[axis] ?? "size");
    return size;
  });
  if (differing.length === 0) return { output };
  const last = differing.pop();
  return {
    output,
    differ: differing.length > 0 ? `${differing.join(", ")} and ${last}` : `${last}`,
  };
}

/** The one size of all, as far as it is known. */
function agree(sizes: readonly Dimension[]): {
  readonly size: Dimension;
  readonly differs: boolean;
} {
  let size: Dimension = UNKNOWN;
  for (const one of sizes) {
    if (size === UNKNOWN) size = one;
    else if (compareDimensions(size, one) === "different") return { size: UNKNOWN, differs: true };
    else if (typeof one === "number") size = one;
  }
  return { size, differs: false };
}
