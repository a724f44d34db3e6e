/** Describes a block with its numbers taken out; blocks with equal descriptions can share one function or loop. */
import { unreachable } from "../../core/assert.ts";
import { writeSize } from "../../core/format-shape.ts";
import {
  isDropped,
  isScaled,
  type ModuleInstance,
  type Node,
  type OperatorNode,
  type ResidualNode,
} from "../../ir/architecture.ts";
import { type OptionExpression, parametersIn } from "../../ir/option-expression.ts";
import type { LayerCall, Slot } from "./layer-call.ts";

export interface Description {
  /** Equal for blocks that differ in the numbers of `slots` at most. */
  readonly skeleton: string;
  /** In the order in which the block's body is written. */
  readonly slots: readonly Slot[];
  readonly needsSeed: boolean;
  readonly hasAux: boolean;
  /** Whether the block has no layer, and so hands on the very tensor that it is given. */
  readonly isEmpty: boolean;
  /** Network parameters that the block reads, each once, in order of their first use. */
  readonly options: readonly string[];
}

/** What a call hands over to a module's function, and what it thereby needs itself. */
export interface DescribedCall {
  readonly functionId: number;
  /** One for each parameter of the function. */
  readonly arguments: readonly Slot[];
  readonly body: Description;
}

export type Describe = (node: Node) => Description;

const EMPTY: Description = {
  skeleton: "",
  slots: [],
  needsSeed: false,
  hasAux: false,
  isEmpty: true,
  options: [],
};

/** Descriptions are remembered by node, so shared blocks are looked at once. */
export function createDescriber(
  callOf: (instance: ModuleInstance) => DescribedCall,
  callsOf: (operator: OperatorNode) => readonly LayerCall[],
): Describe {
  const known = new Map<Node, Description>();
  const describe = (node: Node): Description => {
    const before = known.get(node);
    if (before) return before;
    const description = describeAnew(node);
    known.set(node, description);
    return description;
  };

  const describeAnew = (node: Node): Description => {
    const { name } = node;
    switch (node.kind) {
      case "operator":
        return describeCalls(name, callsOf(node));
      case "sequence":
        return combine(`sequence ${name}`, node.steps.map(describe));
      case "concat":
      case "sum":
      case "split":
        return joined(combine(`${node.kind} ${name}`, node.branches.map(describe)), node.branches);
      case "residual": {
        const scale = scaleSlot(node);
        const drop = dropSlot(node);
        const own = [scale, drop].filter((slot) => slot !== undefined);
        const sides = [node.body, ...(node.shortcut ? [node.shortcut] : [])].map(describe);
        const shown = [scale, drop].map((slot) => (slot ? (slot.option ?? null) : "absent"));
        const inside = combine(`residual ${name} ${JSON.stringify(shown)} ${sides.length}`, [
          ...sides.map((side) => ({ ...side, slots: side.slots.map(enterResidual) })),
          { ...EMPTY, slots: own, options: optionsOf(own) },
        ]);
        return { ...inside, isEmpty: false };
      }
      case "scale_by":
        return { ...combine(`scale_by ${name}`, [describe(node.body)]), isEmpty: false };
      case "factor":
        return combine(`factor ${name} ${writeSize(node.kernel)}`, node.parts.map(describe));
      case "aux":
        return {
          ...combine(`aux ${name}`, [describe(node.body)]),
          hasAux: true,
          isEmpty: false,
        };
      case "repeat": {
        const runs = runsOf(node.instances, describe);
        const counts = runs.map(({ count }) => count).join();
        return combine(
          `repeat ${name} ${counts}`,
          runs.map(({ first }) => describe(first)),
        );
      }
      case "call": {
        const call = callOf(node.instance);
        return { ...call.body, skeleton: `${name}:${call.functionId}`, slots: call.arguments };
      }
      case "hole":
        return EMPTY;
      default:
        return unreachable(node);
    }
  };
  return describe;
}

function describeCalls(name: string, calls: readonly LayerCall[]): Description {
  if (calls.length === 0) return EMPTY;
  const args = calls.flatMap((call) => call.arguments);
  const slots = args.flatMap((argument) => ("slot" in argument ? [argument.slot] : []));
  const shown = calls.map((call) => [
    call.name,
    call.style,
    call.arguments.map((argument) =>
      "slot" in argument
        ? [argument.name, argument.slot.option ?? null]
        : [argument.name, argument.text],
    ),
  ]);
  return {
    skeleton: JSON.stringify([name, shown]),
    slots,
    needsSeed: calls.some(({ needsSeed }) => needsSeed),
    hasAux: false,
    isEmpty: false,
    options: optionsOf(slots),
  };
}

/** Neighbours among the instances of a repeat that are written as one. */
export interface Run {
  readonly first: Node;
  readonly start: number;
  readonly count: number;
}

export function runsOf(instances: readonly Node[], describe: Describe): readonly Run[] {
  const runs: { first: Node; start: number; count: number }[] = [];
  instances.forEach((node, index) => {
    const run = runs[runs.length - 1];
    if (run && isSame(run.first, node, describe)) run.count++;
    else runs.push({ first: node, start: index, count: 1 });
  });
  return runs;
}

function isSame(a: Node, b: Node, describe: Describe): boolean {
  if (a === b) return true;
  const one = describe(a);
  const other = describe(b);
  return (
    a.name === b.name &&
    one.skeleton === other.skeleton &&
    one.slots.every(({ value }, index) => value === other.slots[index]?.value)
  );
}

/** The factor before the addition; absent where nothing is scaled, and no layer does it. */
export function scaleSlot(node: ResidualNode): Slot | undefined {
  if (!isScaled(node)) return undefined;
  return { value: node.scale, ...(node.scaleOption ? { option: node.scaleOption } : {}) };
}

/** The probability with which training leaves the body out; absent where it never does. */
export function dropSlot(node: ResidualNode): Slot | undefined {
  if (!isDropped(node)) return undefined;
  return { value: node.drop, ...(node.dropOption ? { option: node.dropOption } : {}) };
}

function enterResidual(slot: Slot): Slot {
  return slot.trunk ? { ...slot, trunk: "inside" } : slot;
}

function optionsOf(slots: readonly Slot[]): readonly string[] {
  const expressions = slots.flatMap(({ option }): readonly OptionExpression[] =>
    option ? [option] : [],
  );
  return [...new Set(expressions.flatMap(parametersIn))];
}

function combine(head: string, parts: readonly Description[]): Description {
  return {
    skeleton: `${head} [${parts.map(({ skeleton }) => skeleton).join(", ")}]`,
    slots: parts.flatMap(({ slots }) => slots),
    needsSeed: parts.some(({ needsSeed }) => needsSeed),
    hasAux: parts.some(({ hasAux }) => hasAux),
    isEmpty: parts.every(({ isEmpty }) => isEmpty),
    options: [...new Set(parts.flatMap(({ options }) => options))],
  };
}

/** A join of several branches is a layer; one branch alone has nothing to be joined with. */
function joined(description: Description, branches: readonly Node[]): Description {
  return branches.length > 1 ? { ...description, isEmpty: false } : description;
}
