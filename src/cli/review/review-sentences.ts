/** Sentences and groups that all forms of a review share: how much differs, what fails, what became of each file. */
import { displayMessage } from "../../compiler/diagnostics/display-text.ts";
import { summarizeDiagnostics } from "../../compiler/index.ts";
import { costRows, counted, sameSentence } from "../diff/diff-sentences.ts";
import type { Judgement } from "../diff/judge-comparison.ts";
import {
  hasErrors,
  type Review,
  type ReviewedFile,
  type ReviewedSetting,
} from "./review-revisions.ts";

/** A network and the file that it is of. */
export interface ReviewedNetwork {
  readonly file: ReviewedFile;
  readonly judgement: Judgement;
}

/** Networks with the same findings, apart from their costs. */
export interface NetworkGroup {
  readonly first: ReviewedNetwork;
  readonly others: readonly ReviewedNetwork[];
}

/** The contents of a review, grouped by how they are shown. */
export interface ReviewParts {
  /** Files that were not compared. */
  readonly failed: readonly ReviewedFile[];
  /** Networks that differ or fail; those with the same findings together, as a network and its variants often are. */
  readonly notable: readonly NetworkGroup[];
  readonly same: readonly ReviewedNetwork[];
  /** Files that hold modules only. */
  readonly modules: readonly ReviewedFile[];
}

export function partsOf({ files }: Review): ReviewParts {
  const networks = networksOf(files);
  const isNotable = ({ judgement }: ReviewedNetwork): boolean =>
    judgement.hasFailed || isDifferent(judgement);
  return {
    failed: files.filter(hasErrors),
    notable: groupAlike(networks.filter(isNotable)),
    same: networks.filter((network) => !isNotable(network)),
    modules: files.filter((file) => !hasErrors(file) && file.judgements.length === 0),
  };
}

function groupAlike(networks: readonly ReviewedNetwork[]): readonly NetworkGroup[] {
  const groups = new Map<string, { first: ReviewedNetwork; others: ReviewedNetwork[] }>();
  for (const network of networks) {
    const { diff, selected } = network.judgement;
    const findings = selected.findings.map(({ fingerprint }) => fingerprint);
    const key = JSON.stringify([diff.weights.verdict, findings]);
    const group = groups.get(key);
    if (group) group.others.push(network);
    else groups.set(key, { first: network, others: [] });
  }
  return [...groups.values()];
}

function networksOf(files: readonly ReviewedFile[]): readonly ReviewedNetwork[] {
  return files.flatMap((file) => file.judgements.map((judgement) => ({ file, judgement })));
}

function isDifferent(judgement: Judgement): boolean {
  const { base, head } = judgement.diff;
  return base === null || head === null || sameSentence(judgement) === undefined;
}

/** `2 networks differ, 1 network added, 3 are the same; 1 network fails; 1 file was not compared`. */
export function reviewSentence(review: Review): string {
  const { settings } = review;
  if (settings.length === 0) return networkSentence(review);
  const differ = `${counted(settings.length, "setting")} ${settings.length > 1 ? "differ" : "differs"}`;
  return `${networkSentence(review)}; ${differ}`;
}

function networkSentence({ files, fileCount }: Review): string {
  if (fileCount === 0) return "no file matches the paths";
  if (files.length === 0) return `no changes: ${counted(fileCount, "file")} checked`;
  const judgements = networksOf(files).map(({ judgement }) => judgement);
  const added = judgements.filter(({ diff }) => diff.base === null).length;
  const removed = judgements.filter(({ diff }) => diff.head === null).length;
  const changed = judgements.filter(isDifferent).length - added - removed;
  const same = judgements.length - added - removed - changed;
  const failing = judgements.filter(({ hasFailed }) => hasFailed).length;
  const failed = files.filter(hasErrors).length;
  const counts = [
    ...(changed > 0
      ? [`${counted(changed, "network")} ${changed > 1 ? "differ" : "differs"}`]
      : []),
    ...(added > 0 ? [`${counted(added, "network")} added`] : []),
    ...(removed > 0 ? [`${counted(removed, "network")} removed`] : []),
  ];
  if (counts.length === 0 && same > 0) {
    counts.push(`no structural changes: ${counted(same, "network")} compared`);
  } else if (same > 0) {
    counts.push(`${same} ${same > 1 ? "are" : "is"} the same`);
  }
  const sentences = [
    ...(counts.length > 0 ? [counts.join(", ")] : []),
    ...(failing > 0 ? [`${counted(failing, "network")} ${failing > 1 ? "fail" : "fails"}`] : []),
    ...(failed > 0 ? [`${counted(failed, "file")} not compared`] : []),
  ];
  if (sentences.length > 0) return sentences.join("; ");
  return `no network is affected: ${counted(files.length, "file")} of modules changed`;
}

/** A change of the configuration: `set.classes: 10 → 7`, `failOn: "weights" → nothing`. */
export function settingSentence({ key, base, head }: ReviewedSetting): string {
  return displayMessage(`${key}: ${base ?? "nothing"} → ${head ?? "nothing"}`);
}

/** What is said of a changed setting beside it: that it is approved, or why it fails. */
export function settingRemark(
  { isApproved, hasFailed }: ReviewedSetting,
  failOn: Review["failOn"],
): string {
  if (isApproved) return "approved";
  return hasFailed ? failingReason(failOn) : "";
}

function failingReason(failOn: Review["failOn"]): string {
  const isClass = failOn !== undefined && failOn !== "none";
  return `fails because of ${isClass ? `--fail-on ${failOn}` : "--exit-code"}`;
}

/** Why the network fails, if it does. */
export function failureSentences(
  { failing, brokenLimits }: Judgement,
  failOn: Review["failOn"],
): readonly string[] {
  return [
    ...(failing.length > 0 ? [failingReason(failOn)] : []),
    ...brokenLimits.map((limit) => `fails because of ${limit}`),
  ];
}

/** What the network costs beside the first of its group, and why it fails: `parameters −2.94M (−6.9%), MACs ±0`. */
export function otherSentence(judgement: Judgement, failOn: Review["failOn"]): string {
  const costs = costRows(judgement)
    .filter(([, , , delta]) => delta !== "")
    .map(([name, , , delta, share]) => `${name} ${delta}${share === "" ? "" : ` (${share})`}`);
  return [costs.join(", "), ...failureSentences(judgement, failOn)].join("; ");
}

export function nameOf({ diff }: Judgement): string {
  return diff.head?.network ?? diff.base?.network ?? "";
}

/** What happened to a file apart from its text: it was added, renamed, removed, or affected only through its imports. */
export function fileRemarks(
  { path, formerPath, isRemoved, through }: ReviewedFile,
  show: (path: string) => string,
): string {
  if (formerPath === null) return " (new file)";
  if (isRemoved) return " (removed file)";
  if (formerPath !== path) return ` (formerly ${show(formerPath)})`;
  return through.length > 0 ? ` (through ${through.map(show).join(", ")})` : "";
}

/** `base has 2 errors, head has 1 error`. */
export function errorSentence({ errors }: ReviewedFile): string {
  const sides = (["base", "head"] as const).filter((side) => errors[side].length > 0);
  const counts = sides.map((side) => `${side} has ${summarizeDiagnostics(errors[side])}`);
  return `${counts.join(", ")}, so nothing was compared`;
}
