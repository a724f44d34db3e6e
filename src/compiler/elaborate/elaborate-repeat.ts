/** Elaborates `N x step`; equal instances become one shared object. */
import type { Node } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { ValueDefinition } from "../ops/operator.ts";
import type { RepeatStep } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { instanceSite } from "./edit-plan.ts";
import { elaborateContent, withEdits } from "./elaborate-statement.ts";
import { countExtent, extentSince, hole, isSearched, recordPath, sequence } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { followShape } from "./follow-shape.ts";
import { createNamer } from "./namer.ts";
import {
  channelShape,
  type Elaborated,
  type Elaboration,
  fixParameters,
  type Place,
} from "./place.ts";
import { declarationOf, type Scope } from "./scope.ts";
import type { Extent } from "./shared-instances.ts";
import { numberValue } from "./value.ts";

export function elaborateRepeat(
  elaboration: Elaboration,
  step: RepeatStep,
  place: Place,
  input: Shape,
  given?: string,
): Elaborated {
  const count = repeatCount(elaboration, step, place);
  if (count === undefined) return hole(step.span, input);
  const name = given ?? place.namer.next("repeat");
  const path = joinPath(place.path, name);
  recordPath(elaboration, path, place.site);
  const instances: Node[] = [];
  let shape = input;
  let previous: Instance | undefined;
  for (let index = 0; index < count && !elaboration.isFull; index++) {
    const instancePath = joinPath(path, String(index));
    const site = instanceSite(place.site, index);
    const isShared = !elaboration.plan.touched.has(site) && !isSearched(elaboration, instancePath);
    // The output of a repeat is the input of the next; from the second on they are usually the same.
    if (previous && isShared && isLikeNext(previous, shape)) {
      if (!countExtent(elaboration, previous.extent, step.span)) break;
      instances.push(previous.node);
      if (elaboration.hasSizes) shape = followShape(previous.node, shape);
      continue;
    }
    const { layers, steps, readsSizes: readBefore } = elaboration;
    elaboration.readsSizes = false;
    let readsIndex = false;
    const scope = indexScope(step, index, place.scope, () => {
      readsIndex = true;
    });
    const inner = { ...place, scope, path: instancePath, site, namer: createNamer() };
    recordPath(elaboration, instancePath, site);
    const result = elaborateInstance(elaboration, step, inner, shape);
    const { readsSizes } = elaboration;
    elaboration.readsSizes ||= readBefore;
    if (!result) continue;
    const extent = extentSince({ layers, steps }, elaboration);
    previous = isShared
      ? { node: result.node, input: shape, extent, readsSizes, readsIndex }
      : undefined;
    // A step that keeps its input's channels makes the next instance the same.
    shape = result.output;
    instances.push(result.node);
  }
  return { nodes: [{ kind: "repeat", name, span: step.span, instances }], output: shape };
}

/** The scope of one instance. Whoever shares what was made in it must know whether the index was read. */
function indexScope(
  { index }: RepeatStep,
  value: number,
  around: Scope,
  onRead: () => void,
): Scope {
  if (!index) return around;
  const own = declarationOf(around.names, index);
  return {
    ...around,
    valueOf: (declaration, depth) => {
      if (declaration !== own) return around.valueOf(declaration, depth);
      onRead();
      return numberValue(value);
    },
  };
}

/** An instance that later ones may be equal to. */
interface Instance {
  readonly node: Node;
  readonly input: Shape;
  readonly extent: Extent;
  readonly readsSizes: boolean;
  readonly readsIndex: boolean;
}

function isLikeNext({ input, readsSizes, readsIndex }: Instance, shape: Shape): boolean {
  if (readsIndex) return false;
  if (readsSizes) return String(input) === String(shape);
  return String(channelShape(input)) === String(channelShape(shape));
}

/** One instance; nothing when an edit removed it. */
function elaborateInstance(
  elaboration: Elaboration,
  step: RepeatStep,
  place: Place,
  input: Shape,
): { readonly node: Node; readonly output: Shape } | undefined {
  const edits = elaboration.plan.at.get(place.site);
  if (!edits) {
    const { nodes, output } = elaboration.elaborateStep(elaboration, step.step, place, input, "");
    const [only] = nodes;
    const isSingle = nodes.length === 1 && only?.kind !== "operator";
    return { node: only && isSingle ? only : sequence("", step.span, nodes), output };
  }
  if (edits.content?.steps.length === 0 && edits.before.length + edits.after.length === 0) {
    return undefined;
  }
  const { nodes, output } = withEdits(elaboration, place.site, place, input, (content, shape) => {
    if (!content) return elaboration.elaborateStep(elaboration, step.step, place, shape, "");
    return elaborateContent(elaboration, content, place, shape);
  });
  return { node: sequence("", step.span, nodes), output };
}

const COUNT: ValueDefinition = { type: "int", doc: "Instances of the step.", min: 0 };

function repeatCount(elaboration: Elaboration, step: RepeatStep, place: Place): number | undefined {
  const { report } = elaboration;
  const value = evaluate(step.count, place.scope, report);
  if (!value) return undefined;
  fixParameters(elaboration, value);
  const { span } = step.count;
  const count = convertValue(COUNT, value, "a repeat count", span, report);
  if (typeof count !== "number") return undefined;
  if (count > elaboration.limits.layers) {
    elaboration.isFull = true;
    report("type/too-many-layers", span, { limit: elaboration.limits.layers, what: "layers" });
    return undefined;
  }
  return count;
}
