/** Checks variants: the base exists, chains of variants end, and edits name known things. */
import { unreachable } from "../../core/assert.ts";
import { nearestNames, renameFix } from "../../diagnostics/nearest-name.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import type { BoundFile, BoundNetwork } from "../../names/bound-program.ts";
import type { Edit, Identifier, NetworkDeclaration, VariantDeclaration } from "../../syntax/ast.ts";
import { checkStatement } from "./check-block.ts";
import { checkExpression } from "./check-expression.ts";
import { checkDefaults } from "./check-operator.ts";
import { checkPreprocess } from "./check-preprocess.ts";
import { isLost, type StaticPlace } from "./static-place.ts";

/** `bottom` is the network below all variants, whose modules edits may replace; absent if it cannot be determined. */
export function checkVariant(
  { base, edits }: VariantDeclaration,
  bottom: BottomNetwork | undefined,
  place: StaticPlace,
): void {
  const { file, report } = place;
  if (!file.networks.has(base.text)) {
    if (isLost(base.text, file)) return;
    const near = nearestNames(base.text, [], file.networks.keys());
    const parameters = { name: base.text, near: near.names };
    report("name/unknown-network", base.span, parameters, renameFix(base.span, near));
    return;
  }
  if (!bottom) return;
  for (const edit of edits) checkEdit(edit, place, bottom);
}

/** A network that is no variant of another. */
export interface BottomNetwork {
  readonly declaration: NetworkDeclaration;
  readonly file: BoundFile;
}

function checkEdit(edit: Edit, place: StaticPlace, bottom: BottomNetwork): void {
  switch (edit.kind) {
    case "width":
      checkExpression(edit.factor, place);
      break;
    case "input":
      checkExpression(edit.input.size, place);
      break;
    case "set":
      checkExpression(edit.value, place);
      break;
    case "defaults":
      checkDefaults(edit.defaults.operator, edit.defaults.attributes, place);
      break;
    case "preprocess":
      checkPreprocess(edit.preprocess, place);
      break;
    case "replace":
    case "insert":
      checkStatement(edit.statement, place);
      break;
    case "use": {
      const { modules } = place.file;
      checkModuleName(edit.replacement, new Set(modules.keys()), place);
      const replaceable = new Set([...bottom.file.modules.keys(), ...modules.keys()]);
      checkModuleName(edit.replaced, replaceable, place);
      break;
    }
    case "remove":
    case "budget":
      break;
    default:
      unreachable(edit);
  }
}

function checkModuleName(
  name: Identifier,
  known: ReadonlySet<string>,
  { file, report }: StaticPlace,
): void {
  if (known.has(name.text) || isLost(name.text, file)) return;
  const near = nearestNames(name.text, [], known);
  const parameters = { name: name.text, near: near.names };
  report("name/unknown-module", name.span, parameters, renameFix(name.span, near));
}

/** The most variants between one and its network; each of them elaborates all earlier edits again. */
const MAX_CHAIN = 100;

/**
 * Reports each cycle of variants once, where it closes, and chains that are too long; returns the variants on either.
 */
export function checkVariantChains(
  files: readonly BoundFile[],
  report: Report,
): ReadonlySet<BoundNetwork["declaration"]> {
  const refused = new Set<BoundNetwork["declaration"]>();
  const lengths = new Map<BoundNetwork, number>();
  for (const start of files.flatMap((file) => [...file.networks.values()])) {
    const { chain, end } = chainFrom(start, lengths);
    const closes = end ? chain.indexOf(end) : -1;
    if (closes >= 0) reportCycle(chain.slice(closes), report);
    // A variant of a rejected one is rejected too.
    const isRefused = closes >= 0 || (end !== undefined && refused.has(end.declaration));
    let length = (end && lengths.get(end)) ?? 0;
    for (const network of chain.reverse()) {
      length++;
      lengths.set(network, length);
      if (isRefused || length > MAX_CHAIN + 1) refused.add(network.declaration);
      // Those above it are too long for the same reason.
      if (length === MAX_CHAIN + 2 && closes < 0) {
        const { span } = network.declaration.name;
        report("name/variant-chain-too-long", span, { limit: MAX_CHAIN });
      }
    }
  }
  return refused;
}

/** The networks from `start` down to one that is known, stands in the chain already, or is no variant of another. */
function chainFrom(
  start: BoundNetwork,
  known: ReadonlyMap<BoundNetwork, unknown>,
): { readonly chain: BoundNetwork[]; readonly end: BoundNetwork | undefined } {
  const chain = new Set<BoundNetwork>();
  let current: BoundNetwork | undefined = start;
  while (current && !known.has(current) && !chain.has(current)) {
    chain.add(current);
    current = baseOf(current);
  }
  return { chain: [...chain], end: current };
}

function baseOf({ declaration, file }: BoundNetwork): BoundNetwork | undefined {
  return declaration.kind === "variant" ? file.networks.get(declaration.base.text) : undefined;
}

function reportCycle(cycle: readonly BoundNetwork[], report: Report): void {
  const last = cycle.at(-1)?.declaration;
  const names = cycle.map(({ declaration }) => declaration.name.text);
  if (last?.kind !== "variant") return;
  report("name/recursive-variant", last.base.span, { cycle: [...names, last.base.text] });
}
