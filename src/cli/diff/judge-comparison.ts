/**
 * Selects the findings of a comparison that count and decides whether it fails, by class, approvals and cost limits.
 */
import {
  type Comparison,
  DIFF_RULE_IDS,
  type DiffRuleId,
  type Finding,
  type FindingClass,
  isAtLeast,
  isDiffRuleId,
  type NetworkDiff,
  selectFindings,
} from "../../compiler/index.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { nearest } from "../suggestion.ts";
import type { Terminal } from "../terminal.ts";
import { type CostLimit, keepsLimit, parseCostLimit } from "./cost-limit.ts";
import { counted, type DiffView } from "./diff-sentences.ts";
import { readApprovals } from "./read-diff-files.ts";

/** As commander hands them over. */
export interface JudgeOptions {
  readonly all?: true;
  readonly only: readonly string[];
  readonly exclude: readonly string[];
  readonly ignore: readonly string[];
  readonly ignoreNames?: true;
  readonly approvals?: string;
  readonly exitCode?: true;
  readonly failOn?: FindingClass | "any" | "none";
  readonly maxParams?: string;
  readonly maxMacs?: string;
}

/** A comparison with what counts of it. */
export interface Judgement extends DiffView {
  /** Findings that are severe enough to fail. */
  readonly failing: readonly Finding[];
  /** A sentence for each exceeded limit. */
  readonly brokenLimits: readonly string[];
  readonly hasFailed: boolean;
}

export interface Judge {
  readonly judge: (comparison: Comparison) => Judgement;
  /** Whether a finding that belongs to no network is approved, and whether it fails if it is not. */
  readonly judgeOther: (fingerprint: string) => OtherJudgement;
  /** Says how many approvals no finding was there for, if any; `others` are fingerprints beside those of the networks. */
  readonly unusedApprovals: (
    judgements: readonly Judgement[],
    others?: readonly string[],
  ) => string | undefined;
}

export interface OtherJudgement {
  readonly isApproved: boolean;
  readonly hasFailed: boolean;
}

/** Reads what the options name. Throws a {@link Failure} for what cannot be read or means nothing. */
export function createJudge(options: JudgeOptions, terminal: Terminal): Judge {
  const { only, exclude, ignoreNames, all, approvals, failOn, exitCode } = options;
  const approved = approvals === undefined ? undefined : readApprovals(approvals, terminal);
  const limits = readLimits(options);
  const selection = {
    only,
    exclude,
    ignore: new Set(options.ignore.map(toRule)),
    ignoreNames: ignoreNames === true,
    all: all === true || failOn === "any",
    ...(approved ? { approved } : {}),
  };
  return {
    judge: ({ diff }) => {
      const selected = selectFindings(diff.findings, selection);
      const failing = exitCode
        ? selected.findings
        : selected.findings.filter((finding) => isFailing(finding, failOn));
      const brokenLimits = limits.flatMap((limit) => breach(diff, limit));
      const hasFailed = failing.length > 0 || brokenLimits.length > 0;
      return { diff, selected, failing, brokenLimits, hasFailed };
    },
    judgeOther: (fingerprint) => {
      const isApproved = approved?.has(fingerprint) === true;
      return { isApproved, hasFailed: !isApproved && (exitCode === true || failOn === "any") };
    },
    unusedApprovals: (judgements, others = []) => {
      const used = new Set([
        ...judgements.flatMap(({ selected }) => selected.approved.map((one) => one.fingerprint)),
        ...others.filter((fingerprint) => approved?.has(fingerprint)),
      ]);
      const unused = (approved?.size ?? 0) - used.size;
      return unused > 0
        ? `${counted(unused, "approval")} in ${approvals} matched no finding`
        : undefined;
    },
  };
}

function isFailing({ id, class: of }: Finding, failOn: JudgeOptions["failOn"]): boolean {
  if (failOn === undefined || failOn === "none") return false;
  if (failOn === "any") return true;
  // It has no users yet, and no checkpoint.
  return id !== "network-added" && isAtLeast(of, failOn);
}

interface NamedLimit {
  readonly name: "params" | "macs";
  readonly limit: CostLimit;
}

function readLimits({ maxParams, maxMacs }: JudgeOptions): readonly NamedLimit[] {
  const texts = [
    ["params", maxParams],
    ["macs", maxMacs],
  ] as const;
  return texts.flatMap(([name, text]) =>
    text === undefined ? [] : [{ name, limit: toLimit(`--max-${name}`, text) }],
  );
}

function toLimit(option: string, text: string): CostLimit {
  const limit = parseCostLimit(text);
  if (limit) return limit;
  throw new Failure(
    EXIT_CODES.usage,
    `\`${option} ${text}\` is not a limit`,
    `for example ${option} 13G, ${option} +2% or ${option} +100K`,
  );
}

function toRule(id: string): DiffRuleId {
  if (isDiffRuleId(id)) return id;
  const help = nearest(id, DIFF_RULE_IDS) ?? "inceptc rules lists them";
  throw new Failure(EXIT_CODES.usage, `there is no rule called \`${id}\``, help);
}

/** A missing network costs nothing, and a new one has not grown. */
function breach(diff: NetworkDiff, { name, limit }: NamedLimit): readonly string[] {
  const { base, head } = diff.cost[name];
  const most = limit.most(base);
  if (diff.head === null || (diff.base === null && most === undefined)) return [];
  if (keepsLimit(limit, diff.cost[name])) return [];
  if (head === null || most === undefined) return [`--max-${name} ${limit.text}: not known`];
  return [`--max-${name} ${limit.text}: ${head} is more than ${Math.floor(most)}`];
}
