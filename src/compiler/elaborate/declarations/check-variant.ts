/** Owns variants: that there is a base, that no variant is its own base, and what its edits name. */
import { unreachable } from "../../core/assert.ts";
import { suggest } from "../../core/suggest.ts";
import type { Report } from "../../diagnostics/outcome.ts";
import { renameFix } from "../../names/bind.ts";
import type { BoundFile, BoundNetwork } from "../../names/bound-program.ts";
import type { Edit, Identifier, VariantDeclaration } from "../../syntax/ast.ts";
import { checkStatement, checkStep } from "./check-block.ts";
import { checkExpression } from "./check-expression.ts";
import { checkDefaults } from "./check-operator.ts";
import type { StaticPlace } from "./static-names.ts";

/** `bottom` is the network below all variants, whose names edits may use; absent where that is not known. */
export function checkVariant(
  { base, edits }: VariantDeclaration,
  bottom: BoundNetwork | undefined,
  file: BoundFile,
  report: Report,
): void {
  if (!file.networks.has(base.text)) {
    const near = suggest(base.text, file.networks.keys());
    report("name/unknown-network", base.span, { name: base.text, near }, renameFix(base, near));
    return;
  }
  if (!bottom) return;
  const names = new Set([...file.lets.keys(), ...namesOf(bottom)]);
  // A residual of the base may be around what an edit brings.
  const place: StaticPlace = { file, names, hasTrunk: true, report };
  const replaceable = new Set([...bottom.file.modules.keys(), ...file.modules.keys()]);
  for (const edit of edits) checkEdit(edit, place, replaceable);
}

function namesOf({ declaration }: BoundNetwork): readonly string[] {
  if (declaration.kind !== "network") return [];
  return [...declaration.parameters, ...declaration.body.lets].map(({ name }) => name.text);
}

function checkEdit(edit: Edit, place: StaticPlace, replaceable: ReadonlySet<string>): void {
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
      for (const { value } of edit.preprocess.attributes) checkExpression(value, place);
      break;
    case "replace":
      for (const step of edit.steps) checkStep(step, place);
      break;
    case "insert":
      checkStatement(edit.statement, place);
      break;
    case "use":
      checkModuleName(edit.replacement, new Set(place.file.modules.keys()), place.report);
      checkModuleName(edit.replaced, replaceable, place.report);
      break;
    case "remove":
    case "budget":
      break;
    default:
      unreachable(edit);
  }
}

function checkModuleName(name: Identifier, known: ReadonlySet<string>, report: Report): void {
  if (known.has(name.text)) return;
  const near = suggest(name.text, known);
  report("name/unknown-module", name.span, { name: name.text, near }, renameFix(name, near));
}

/** Variants that may lie between one and its network; each of them elaborates all edits before its own again. */
const MAX_CHAIN = 100;

/** Reports each circle of variants once, where it closes, and chains that are too long; gives what lies on either. */
export function checkVariantChains(
  files: readonly BoundFile[],
  report: Report,
): ReadonlySet<BoundNetwork["declaration"]> {
  const refused = new Set<BoundNetwork["declaration"]>();
  const lengths = new Map<BoundNetwork, number>();
  for (const file of files) {
    for (const start of file.networks.values()) {
      const chain: BoundNetwork[] = [];
      let current: BoundNetwork | undefined = start;
      while (current && !lengths.has(current)) {
        const closes = chain.indexOf(current);
        if (closes >= 0) {
          for (const { declaration } of chain) refused.add(declaration);
          reportCycle(chain.slice(closes), report);
          break;
        }
        chain.push(current);
        current = baseOf(current);
      }
      let length = (current && lengths.get(current)) ?? 0;
      for (const network of chain.reverse()) {
        length++;
        lengths.set(network, length);
        if (length <= MAX_CHAIN + 1) continue;
        refused.add(network.declaration);
        // Those above it are too long for the same reason.
        if (length === MAX_CHAIN + 2) {
          const { span } = network.declaration.name;
          report("name/variant-chain-too-long", span, { limit: MAX_CHAIN });
        }
      }
    }
  }
  return refused;
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
