/**
 * Tests which network parameters can become options of generated code.
 *
 * With another value of the parameter the network must pass its checks and have the same structure, except for the
 * attributes computed from the parameter.
 */

import type {
  Architecture,
  NetworkParameter,
  Node,
  OperatorNode,
  ResidualNode,
} from "../ir/architecture.ts";
import { childrenOf } from "../ir/children-of.ts";

/** What the network becomes with another value of one parameter; nothing where it has errors then. */
export type WithValue = (parameter: string, value: number) => Architecture | undefined;

/** Each proof costs analyzing the network again; parameters after so many are fixed without one. */
const MAX_PROOFS = 50;

/** Parameters that fail the proof are fixed at compile time. */
export function confirmOptions(architecture: Architecture, withValue: WithValue): Architecture {
  let proofs = 0;
  const parameters = architecture.parameters.map((parameter) => {
    if (!parameter.isOption || typeof parameter.value !== "number") return parameter;
    proofs++;
    if (proofs > MAX_PROOFS) return { ...parameter, isOption: false };
    const other = withValue(parameter.name, otherValue(parameter, parameter.value));
    const isOption = other !== undefined && createComparison()(architecture.body, other.body);
    return { ...parameter, isOption };
  });
  return { ...architecture, parameters };
}

/** Counts grow, so that they stay whole and positive; shares shrink, so that they stay below 1. */
function otherValue({ type }: NetworkParameter, value: number): number {
  return type === "int" ? value * 2 : value / 2;
}

/** Compares nodes and remembers what it compared: equal parts are one object. */
function createComparison(): (a: Node, b: Node) => boolean {
  const known = new Map<Node, Map<Node, boolean>>();
  const compare = (a: Node, b: Node): boolean => {
    const before = known.get(a)?.get(b);
    if (before !== undefined) return before;
    const result = isSame(a, b);
    known.set(a, (known.get(a) ?? new Map<Node, boolean>()).set(b, result));
    return result;
  };
  const compareAll = (a: readonly Node[], b: readonly Node[]): boolean =>
    a.length === b.length && a.every((one, index) => compare(one, b[index] ?? one));
  const isSame = (a: Node, b: Node): boolean => {
    if (a.kind !== b.kind || a.name !== b.name) return false;
    if (a.kind === "operator" && b.kind === "operator") return haveSameAttributes(a, b);
    if (a.kind === "residual" && b.kind === "residual" && !haveSameNumbers(a, b)) return false;
    return compareAll(childrenOf(a), childrenOf(b));
  };
  return compare;
}

function haveSameAttributes(a: OperatorNode, b: OperatorNode): boolean {
  if (a.operator !== b.operator) return false;
  return Object.entries(a.attributes).every(
    ([name, value]) =>
      name in a.options || JSON.stringify(value) === JSON.stringify(b.attributes[name]),
  );
}

function haveSameNumbers(a: ResidualNode, b: ResidualNode): boolean {
  const hasSameScale = a.scaleOption !== undefined || a.scale === b.scale;
  return hasSameScale && (a.dropOption !== undefined || a.drop === b.drop);
}
