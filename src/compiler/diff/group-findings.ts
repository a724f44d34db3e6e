/** Groups findings that say the same about several places. */
import type { Finding } from "./grade/finding.ts";

export interface FindingGroup {
  /** The first of them stands for all. */
  readonly finding: Finding;
  readonly paths: readonly string[];
  /** Parts of the network in all places. */
  readonly times: number;
}

/** In the order of the first finding of each; consequences are left out. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, { finding: Finding; paths: string[]; times: number }>();
  for (const finding of findings) {
    if (finding.isConsequence) continue;
    const { id, before, after, path, times } = finding;
    const key = JSON.stringify([id, before, after]);
    const group = groups.get(key) ?? { finding, paths: [], times: 0 };
    group.paths.push(path);
    group.times += times;
    groups.set(key, group);
  }
  return [...groups.values()];
}
