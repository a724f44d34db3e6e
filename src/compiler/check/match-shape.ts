/** Matches a shape against a signature or assertion; a name is bound at first use and must agree after that. */
import { formatShape } from "../core/format-shape.ts";
import type { ShapePattern } from "../ir/architecture.ts";
import {
  type Comparison,
  compareDimensions,
  type Dimension,
  type Shape,
  UNKNOWN,
} from "../ir/dimension.ts";

/** What the names of a module's signature stand for in one use of the module. */
export type Bindings = Map<string, Dimension>;

/** The name that fits every size and binds nothing. */
const ANY = "_";

/** Binds names of the pattern that are new, unless the shape differs. */
export function matchShape(pattern: ShapePattern, shape: Shape, bindings: Bindings): Comparison {
  const { dimensions } = pattern;
  if (dimensions.length !== shape.length) return isUnsure(shape) ? "unknown" : "different";
  let result: Comparison = "equal";
  dimensions.forEach((wanted, axis) => {
    const found = shape[axis] ?? UNKNOWN;
    const comparison = matchDimension(wanted, found, bindings);
    if (comparison === "different") result = "different";
    else if (comparison === "unknown" && result === "equal") result = "unknown";
  });
  return result;
}

/** A wrong step upstream may have left the wrong rank behind as well. */
function isUnsure(shape: Shape): boolean {
  return shape.every((dimension) => dimension === UNKNOWN);
}

function matchDimension(wanted: Dimension, found: Dimension, bindings: Bindings): Comparison {
  if (wanted === ANY) return "equal";
  if (typeof wanted === "number") return compareDimensions(wanted, found);
  const bound = bindings.get(wanted);
  if (bound !== undefined) return compareDimensions(bound, found);
  if (found !== UNKNOWN) bindings.set(wanted, found);
  return "equal";
}

/** The pattern with its sizes that differ as they are in the shape, as the language writes it: `[H, W, 384]`. */
export function repairPattern(pattern: ShapePattern, shape: Shape, bindings: Bindings): string {
  const dimensions = shape.map((found, axis) => {
    const wanted = pattern.dimensions[axis];
    const isKept = wanted !== undefined && matchDimension(wanted, found, bindings) !== "different";
    return isKept && pattern.dimensions.length === shape.length ? wanted : found;
  });
  return `[${dimensions.join(", ")}]`;
}

/** The pattern as a message shows it: names that are bound with their sizes, `H=35×W=35×384`. */
export function describePattern(pattern: ShapePattern, bindings: Bindings): string {
  const dimensions = pattern.dimensions.map((dimension) => {
    if (typeof dimension === "number" || dimension === ANY) return dimension;
    const bound = bindings.get(dimension);
    return bound === undefined || bound === dimension ? dimension : bound;
  });
  return formatShape(dimensions);
}
