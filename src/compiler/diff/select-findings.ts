/** Filters the findings of a comparison by path, rule, class and approved fingerprints. */
import type { Finding } from "./grade/finding.ts";
import { type DiffRuleId, NAME_RULES } from "./rules.ts";

export interface Selection {
  /** Globs of paths: `*` is any of a segment, `**` any number of segments; everything below a match matches too. */
  readonly only?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ignore?: ReadonlySet<DiffRuleId>;
  /** Leaves out differences of names alone. */
  readonly ignoreNames?: boolean;
  /** Keeps findings whose level is `off`. */
  readonly all?: boolean;
  readonly approved?: ReadonlySet<string>;
}

export interface SelectedFindings {
  /** What is shown and counts. */
  readonly findings: readonly Finding[];
  /** Approved ones among those that would count. */
  readonly approved: readonly Finding[];
  /** How many were left out because their level is `off`. */
  readonly offCount: number;
}

export function selectFindings(
  findings: readonly Finding[],
  selection: Selection,
): SelectedFindings {
  const { only = [], exclude = [], ignore, ignoreNames, all, approved } = selection;
  const isOnly = matcherOf(only);
  const isExcluded = matcherOf(exclude);
  const chosen = findings.filter(
    ({ id, path }) =>
      (only.length === 0 || isOnly(path)) &&
      !isExcluded(path) &&
      !ignore?.has(id) &&
      !(ignoreNames && NAME_RULES.has(id)),
  );
  const counted = chosen.filter(({ level }) => all || level !== "off");
  const isApproved = ({ fingerprint }: Finding): boolean => approved?.has(fingerprint) === true;
  return {
    findings: counted.filter((finding) => !isApproved(finding)),
    approved: counted.filter(isApproved),
    offCount: chosen.length - counted.length,
  };
}

function matcherOf(globs: readonly string[]): (path: string) => boolean {
  const patterns = globs.map(toPattern);
  return (path) => patterns.some((pattern) => pattern.test(path));
}

function toPattern(glob: string): RegExp {
  // Cut apart first, so that a run of stars cannot make the expression slow.
  const segments = glob.split(".").map((segment) =>
    segment === "**"
      ? ".*"
      : segment
          .split(/\*+/)
          .map((text) => text.replace(/[^\w]/g, "\\$&"))
          .join("[^.]*"),
  );
  return new RegExp(`^${segments.join("\\.").replaceAll(".*\\.", "(?:.*\\.)?")}(?:\\.|$)`);
}
