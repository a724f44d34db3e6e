/** Finds every network that differs between two revisions of a repository, compares and judges it. */
import { resolve } from "node:path";
import { createCache, type Diagnostic, listFiles, type ReadResult } from "../../compiler/index.ts";
import {
  type FilePair,
  findMergeBase,
  type GitProblem,
  listFilePairs,
} from "../../node/git-changes.ts";
import { type OpenGitTree, openGitTree } from "../../node/git-files.ts";
import type { ToOptions } from "../command-context.ts";
import { CONFIG_FILE } from "../config-file.ts";
import { compareByName } from "../diff/compare-sides.ts";
import {
  createJudge,
  type Judge,
  type Judgement,
  type JudgeOptions,
  type OtherJudgement,
} from "../diff/judge-comparison.ts";
import { type AnalyzedSide, analyzeSide } from "../diff/load-side.ts";
import { EXIT_CODES, type ExitCode } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { SharedOptions } from "../options.ts";
import type { Terminal } from "../terminal.ts";
import { compareConfigs, findRevisionConfig, type SettingChange } from "./revision-config.ts";

/** What a review asks of the repository, and of what it finds. */
export interface ReviewRequest extends SharedOptions, JudgeOptions {
  /** Globs of git from the root of the repository; `!` in front takes files out. */
  readonly path: readonly string[];
}

export interface Review {
  /** Ids of the commits that were compared; base is the merge base. */
  readonly base: string;
  readonly head: string;
  /** What differs between the configurations of the two commits. */
  readonly settings: readonly ReviewedSetting[];
  /** Files that are not the same, or import one that is not; by path. */
  readonly files: readonly ReviewedFile[];
  /** How many files were checked. */
  readonly fileCount: number;
  /** The value of `--fail-on`. */
  readonly failOn: JudgeOptions["failOn"];
  /** Says that there are approvals without a finding. */
  readonly unusedApprovals: string | undefined;
}

export interface ReviewedSetting extends SettingChange, OtherJudgement {}

export interface ReviewedFile {
  /** In head, or in base for what head lacks; from the root of the repository. */
  readonly path: string;
  /** Where base has it, if that is elsewhere; `null` where base does not have it. */
  readonly formerPath: string | null;
  readonly isRemoved: boolean;
  /** The files that are not the same, where this one itself is. */
  readonly through: readonly string[];
  /** What is wrong with either side. Where anything is, nothing was compared. */
  readonly errors: { readonly base: readonly Diagnostic[]; readonly head: readonly Diagnostic[] };
  /** By network; none for a file that holds modules only. */
  readonly judgements: readonly Judgement[];
}

/** A review, and the options that it was made with: those of base, which head cannot change. */
export interface ReviewWithOptions<Options> {
  readonly review: Review;
  readonly options: Options;
}

/**
 * Each side is read with the configuration of its own revision. What fails is decided by that of the revision that was named
 * as base: with the merge base's, an old branch would escape settings that were made since. Throws a {@link Failure} where
 * the repository cannot be asked, or a configuration cannot be read. A file with errors is part of the review.
 */
export function reviewRevisions<Options extends ReviewRequest>(
  base: string,
  head: string,
  toOptions: ToOptions<Options>,
  terminal: Terminal,
): ReviewWithOptions<Options> {
  // The repository is found before any of its configurations.
  const folder = resolve(terminal.cwd, toOptions(undefined).root ?? ".");
  const range = orFail(findMergeBase(base, head, folder));
  const trees = { base: openTree(range.base, folder), head: openTree(range.head, folder) };
  const configs = {
    base: findRevisionConfig(range.base, trees.base, folder),
    head: findRevisionConfig(range.head, trees.head, folder),
  };
  const options = toOptions(findRevisionConfig(range.tip, openTree(range.tip, folder), folder));
  const asked = { base: toOptions(configs.base), head: toOptions(configs.head) };
  const { judge, judgeOther, unusedApprovals } = createJudge(options, terminal);
  const sides = {
    base: openReviewSide(trees.base, asked.base),
    head: openReviewSide(trees.head, asked.head),
  };
  const pairs = orFail(listFilePairs(range, options.path, folder));
  sides.base.prefetch(pairs.flatMap(({ base: path }) => path ?? []));
  sides.head.prefetch(pairs.flatMap(({ head: path }) => path ?? []));
  const isReadAlike = meanTheSame(asked.base, asked.head);
  const files = pairs.flatMap((pair) => reviewPair(pair, sides, isReadAlike, judge));
  const settings = compareConfigs(configs.base, configs.head).map((change) => ({
    ...change,
    ...judgeOther(change.fingerprint),
  }));
  const review: Review = {
    base: range.base,
    head: range.head,
    settings,
    files,
    fileCount: pairs.length,
    failOn: options.failOn,
    unusedApprovals: unusedApprovals(
      files.flatMap(({ judgements }) => judgements),
      settings.map(({ fingerprint }) => fingerprint),
    ),
  };
  return { review, options };
}

/** Whether both sides understand equal texts alike. */
function meanTheSame(base: ReviewRequest, head: ReviewRequest): boolean {
  const [one, other] = [base, head].map(({ set, lint, limit }) =>
    JSON.stringify([set, lint, limit].map((pairs) => [...pairs].sort())),
  );
  return one === other;
}

/** 3 where anything was not compared, so that it never looks like no change; else 1 where a network or setting fails. */
export function exitCodeOf({ files, settings }: Review): ExitCode {
  if (files.some(hasErrors)) return EXIT_CODES.unreadable;
  const hasFailed =
    files.some(({ judgements }) => judgements.some((one) => one.hasFailed)) ||
    settings.some((one) => one.hasFailed);
  return hasFailed ? EXIT_CODES.findings : EXIT_CODES.ok;
}

export function hasErrors({ errors }: ReviewedFile): boolean {
  return errors.base.length > 0 || errors.head.length > 0;
}

function orFail<T extends object>(answer: T | GitProblem): T {
  if (!("problem" in answer)) return answer;
  throw new Failure(EXIT_CODES.unreadable, answer.problem, answer.help);
}

interface ReviewSide extends Pick<OpenGitTree, "prefetch"> {
  read(path: string): ReadResult;
  /** The file and all that it imports. */
  filesOf(path: string): readonly string[];
  analyze(path: string): AnalyzedSide;
}

/** Paths are those of the repository, without the revision: they are the same on both sides. */
function openTree(commit: string, folder: string): OpenGitTree {
  const tree = openGitTree(commit, folder, "");
  if ("problem" in tree) throw new Failure(EXIT_CODES.unreadable, `${commit} ${tree.problem}`);
  return tree;
}

function openReviewSide({ host, prefetch }: OpenGitTree, request: ReviewRequest): ReviewSide {
  const cache = createCache();
  return {
    prefetch,
    read: host.read,
    filesOf: (path) => listFiles({ path, host }, { cache }),
    analyze: (path) => analyzeSide({ path, host, network: undefined }, request, "all", cache),
  };
}

const NOTHING: AnalyzedSide = { networks: [], names: [], errors: [] };

/** Nothing for a file that is the same with all that it imports, and means the same. */
function reviewPair(
  pair: FilePair,
  sides: { readonly base: ReviewSide; readonly head: ReviewSide },
  isReadAlike: boolean,
  judge: Judge["judge"],
): readonly ReviewedFile[] {
  const texts = pair.isSame ? changedFilesOf(pair.head, sides) : [];
  const isSameText = pair.isSame && texts.length === 0;
  if (isSameText && isReadAlike) return [];
  const through = isSameText ? [CONFIG_FILE] : texts;
  const base = pair.base === undefined ? NOTHING : sides.base.analyze(pair.base);
  const head = pair.head === undefined ? NOTHING : sides.head.analyze(pair.head);
  const errors = { base: base.errors, head: head.errors };
  const isSound = base.errors.length === 0 && head.errors.length === 0;
  // A file that nobody touched is only reviewed for what the settings make of it.
  if (isSameText && base.errors.length > 0 && head.errors.length > 0) return [];
  const judgements = isSound ? compareByName(base.networks, head.networks, {}).map(judge) : [];
  if (isSameText && isSound && !judgements.some(isAffected)) return [];
  return [
    {
      path: pair.head ?? pair.base ?? "",
      formerPath: pair.base ?? null,
      isRemoved: pair.head === undefined,
      through: through.filter((path) => path !== pair.head),
      errors,
      judgements,
    },
  ];
}

function isAffected({ diff, hasFailed }: Judgement): boolean {
  return hasFailed || diff.findings.length > 0;
}

/**
 * The file and its imports as far as they have another text. The imports of base need no look: as long as a file has the
 * same text, it imports the same.
 */
function changedFilesOf(
  path: string | undefined,
  { base, head }: { readonly base: ReviewSide; readonly head: ReviewSide },
): readonly string[] {
  if (path === undefined) return [];
  return head.filesOf(path).filter((one) => !isSameText(base.read(one), head.read(one)));
}

function isSameText(one: ReadResult, other: ReadResult): boolean {
  if ("text" in one && "text" in other) return one.text === other.text;
  return "problem" in one && "problem" in other && one.problem === other.problem;
}
