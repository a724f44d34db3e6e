/** Elaborates `N x step`; equal instances become one shared object. */
import type { Node } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { ValueDefinition } from "../ops/operator.ts";
import type { RepeatStep } from "../syntax/ast.ts";
import { convertValue } from "./convert-value.ts";
import { instanceSite, type Site } from "./edit-plan.ts";
import { elaborateContent, withEdits } from "./elaborate-statement.ts";
import { type Elaborated, type Facts, sequence } from "./elaborated.ts";
import { evaluate } from "./evaluate.ts";
import { followShape } from "./follow-shape.ts";
import { createNamer } from "./namer.ts";
import { hasRoom, OpenResult } from "./open-result.ts";
import { channelShape, type Elaboration, type Place } from "./place.ts";
import { declarationOf, type Scope } from "./scope.ts";
import { numberValue } from "./value.ts";

export function elaborateRepeat(
  elaboration: Elaboration,
  step: RepeatStep,
  place: Place,
  input: Shape,
  given?: string,
): Elaborated {
  const result = new OpenResult(elaboration, place);
  const count = repeatCount(elaboration, step, place, result);
  if (count === undefined) return result.hole(step.span, input);
  const name = given ?? place.namer.next("repeat");
  const path = joinPath(place.path, name);
  const repeated = new OpenResult(elaboration, place);
  const instances: Node[] = [];
  let shape = input;
  let previous: Instance | undefined;
  for (let index = 0; index < count; index++) {
    const { room } = repeated;
    if (!room) break;
    const site = instanceSite(place.site, index);
    const isShared = !elaboration.plan.touched.has(site);
    // The output of a repeat is the input of the next; from the second on they are usually the same.
    if (previous && isShared && isLikeNext(previous, shape)) {
      if (!hasRoom(room, previous.facts.extent)) {
        repeated.count(previous.facts.extent, step.span);
        break;
      }
      const shared = { from: previous.site, to: site };
      repeated.add(previous.facts, { name: String(index), site, shared });
      instances.push(previous.node);
      if (elaboration.hasSizes) shape = followShape(previous.node, shape);
      continue;
    }
    let readsIndex = false;
    const scope = indexScope(step, index, place.scope, () => {
      readsIndex = true;
    });
    const inner: Place = {
      ...place,
      scope,
      path: joinPath(path, String(index)),
      namer: createNamer(),
      site,
      room,
    };
    const { node, facts, output } = elaborateInstance(elaboration, step, inner, shape);
    repeated.add(facts, { name: String(index), site });
    if (!node) continue;
    previous = isShared ? { node, input: shape, facts, site, readsIndex } : undefined;
    // A step that keeps its input's channels makes the next instance the same.
    shape = output;
    instances.push(node);
  }
  result.add(repeated.facts(), { name, site: place.site });
  return result.give([{ kind: "repeat", name, span: step.span, instances }], shape);
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
  readonly facts: Facts;
  readonly site: Site;
  readonly readsIndex: boolean;
}

function isLikeNext({ input, facts, readsIndex }: Instance, shape: Shape): boolean {
  if (readsIndex) return false;
  if (facts.readsSizes) return String(input) === String(shape);
  return String(channelShape(input)) === String(channelShape(shape));
}

/** One instance; without a node when an edit removed it. */
function elaborateInstance(
  elaboration: Elaboration,
  step: RepeatStep,
  place: Place,
  input: Shape,
): { readonly node: Node | undefined; readonly facts: Facts; readonly output: Shape } {
  const edits = elaboration.plan.at.get(place.site);
  if (!edits) {
    const facts = elaboration.elaborateStep(elaboration, step.step, place, input, "");
    const { nodes, output } = facts;
    const [only] = nodes;
    const isSingle = nodes.length === 1 && only?.kind !== "operator";
    const node = only && isSingle ? only : sequence("", step.span, nodes);
    return { node, facts, output };
  }
  if (edits.content?.steps.length === 0 && edits.before.length + edits.after.length === 0) {
    return { node: undefined, facts: new OpenResult(elaboration, place).facts(), output: input };
  }
  const facts = withEdits(elaboration, place.site, place, input, (content, now, shape) => {
    if (!content) return elaboration.elaborateStep(elaboration, step.step, now, shape, "");
    return elaborateContent(elaboration, content, now, shape);
  });
  return { node: sequence("", step.span, facts.nodes), facts, output: facts.output };
}

const COUNT: ValueDefinition = { type: "int", doc: "Instances of the step.", min: 0 };

function repeatCount(
  { limits }: Elaboration,
  step: RepeatStep,
  place: Place,
  result: OpenResult,
): number | undefined {
  const { report } = result;
  const value = evaluate(step.count, place.scope, report);
  if (!value) return undefined;
  value.dependsOn.forEach(result.onStatic);
  const { span } = step.count;
  const count = convertValue(COUNT, value, "a repeat count", span, report);
  if (typeof count !== "number") return undefined;
  if (count > limits.layers) {
    result.stop();
    report("type/too-many-layers", span, { limit: limits.layers, what: "layers" });
    return undefined;
  }
  return count;
}
