/** Turns changes into findings: folds equal ones of a repeat's instances, assigns classes and fingerprints. */
import { fingerprint } from "../../core/fingerprint.ts";
import { positionAt } from "../../core/source-file.ts";
import type { Span } from "../../core/span.ts";
import type { Change } from "../change.ts";
import { FINDING_CLASSES, LEVEL_OF_CLASS } from "../classes.ts";
import { messageOf } from "../message-of.ts";
import { type Part, walkParts } from "../part.ts";
import { DIFF_RULES } from "../rules.ts";
import type { Finding, FindingPlace } from "./finding.ts";
import { foldPaths } from "./fold-paths.ts";

/** By class, within a class in the order of the changes. */
export function gradeChanges(
  changes: readonly Change[],
  roots: { readonly base: Part; readonly head: Part },
): readonly Finding[] {
  const partCounts = { base: countPatterns(roots.base), head: countPatterns(roots.head) };
  const seen = new Map<string, number>();
  const findings = [...groupChanges(changes).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const side = first.head ? "head" : "base";
    const paths = group.map((change) => change[side]?.path ?? "");
    const pattern = first[side]?.pattern ?? "";
    const isAll = (partCounts[side].get(pattern) ?? paths.length) <= paths.length;
    return foldPaths(paths, pattern, isAll).map(({ path, times }) =>
      toFinding(first, path, times, seen),
    );
  });
  const rank = ({ class: of }: Finding): number => FINDING_CLASSES.indexOf(of);
  return findings.sort((a, b) => rank(a) - rank(b));
}

/** Changes that differ in the instance of a repeat alone. */
function groupChanges(changes: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const { rule, base, head, before, after, isHarmless = false } = change;
    const spans = [base, head].flatMap((place) =>
      place ? [place.pattern, place.span.file.path, place.span.start] : [null],
    );
    const key = JSON.stringify([rule, before, after, isHarmless, ...spans]);
    const group = groups.get(key);
    if (group) group.push(change);
    else groups.set(key, [change]);
  }
  return groups;
}

function toFinding(
  { rule, base, head, before, after, isConsequence, isHarmless }: Change,
  path: string,
  times: number,
  seen: Map<string, number>,
): Finding {
  const { class: usual, scope } = DIFF_RULES[rule];
  const of = isHarmless ? "cosmetic" : usual;
  const identity = [rule, path, JSON.stringify(before), JSON.stringify(after)];
  const key = identity.join("\n");
  const ordinal = (seen.get(key) ?? 0) + 1;
  seen.set(key, ordinal);
  return {
    id: rule,
    class: of,
    level: LEVEL_OF_CLASS[of],
    scope,
    path,
    times,
    base: base ? toPlace(base.span) : null,
    head: head ? toPlace(head.span) : null,
    before,
    after,
    message: messageOf(rule, before, after),
    isConsequence: isConsequence === true,
    // Branches without a name can have all of it in common.
    fingerprint: fingerprint(ordinal === 1 ? identity : [...identity, String(ordinal)]),
  };
}

function toPlace({ file, start }: Span): FindingPlace {
  return { file: file.path, ...positionAt(file, start) };
}

/** How many paths there are for each path with `*`; a body has that of what is around it. */
function countPatterns(root: Part): ReadonlyMap<string, number> {
  const paths = new Map<string, Set<string>>();
  walkParts(root, ({ pattern, path }) => {
    if (pattern === path) return true;
    const known = paths.get(pattern);
    if (known) known.add(path);
    else paths.set(pattern, new Set([path]));
    return true;
  });
  return new Map([...paths].map(([pattern, known]) => [pattern, known.size]));
}
