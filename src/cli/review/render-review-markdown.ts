/** Renders a review as Markdown: the verdict first, a section for each network that differs, then lists of the rest. */
import { TOOL_VERSION } from "../../compiler/core/tool-version.ts";
import { displayMessage } from "../../compiler/diagnostics/display-text.ts";
import { type Diagnostic, renderDiagnostics } from "../../compiler/index.ts";
import { CONFIG_FILE } from "../config-file.ts";
import { counted, sameSentence } from "../diff/diff-sentences.ts";
import type { Judgement } from "../diff/judge-comparison.ts";
import {
  code,
  codeBlock,
  folded,
  markdownDetails,
  markdownVerdict,
} from "../diff/render-diff-markdown.ts";
import { fitSections, type Section } from "./fit-sections.ts";
import type { Review, ReviewedFile } from "./review-revisions.ts";
import {
  errorSentence,
  failureSentences,
  fileRemarks,
  type NetworkGroup,
  nameOf,
  otherSentence,
  partsOf,
  type ReviewedNetwork,
  reviewSentence,
  settingRemark,
  settingSentence,
} from "./review-sentences.ts";

export interface ReviewMarkdownOptions {
  /** The most bytes of the text; comparisons that do not fit are shortened. */
  readonly maxBytes: number;
  /** Where the whole review is, in Markdown. */
  readonly elsewhere: string;
}

/** Errors of a side that are shown; the rest is counted. */
const MAX_ERRORS = 10;

/** Room for the sentence on what is left out. */
const OMISSION_BYTES = 1024;

export function renderReviewMarkdown(review: Review, options?: ReviewMarkdownOptions): string {
  const { maxBytes = Number.POSITIVE_INFINITY, elsewhere = "" } = options ?? {};
  const { failed, notable, same, modules } = partsOf(review);
  const { base, head, unusedApprovals } = review;
  const sections = [
    ...settingSection(review),
    ...failed.map(errorSection),
    ...notable.map((group) => networkSection(group, review)),
    ...listSection(`${counted(same.length, "network")} without changes`, same.map(sameLine)),
    ...listSection(
      `${counted(modules.length, "file")} of modules only`,
      modules.map((file) => `- ${code(file.path)}${fileRemarks(file, code)}`),
    ),
  ];
  const title = `### inceptc: ${reviewSentence(review)}\n`;
  const foot = [
    ...(unusedApprovals === undefined ? [] : [displayMessage(unusedApprovals)]),
    `inceptc ${TOOL_VERSION} compared ${base.slice(0, 10)} with ${head.slice(0, 10)}.`,
  ].map((line) => `\n<sub>${line}</sub>\n`);
  const frame = Buffer.byteLength([title, ...foot].join("")) + OMISSION_BYTES;
  const { texts, briefCount, omittedCount } = fitSections(sections, maxBytes - frame);
  const rest = [
    ...(briefCount > 0 ? [`the details of ${briefCount}`] : []),
    ...(omittedCount > 0 ? [`${omittedCount} as a whole`] : []),
  ];
  const omission =
    rest.length > 0
      ? [
          `\nOf ${counted(sections.length, "part")}, ${rest.join(" and ")} did not fit here: ${elsewhere}.\n`,
        ]
      : [];
  return [title, ...texts, ...omission, ...foot].join("");
}

/** Told first, and with fingerprints: what decides over the next pull request is not to be overlooked. */
function settingSection({ settings, failOn }: Review): readonly Section[] {
  if (settings.length === 0) return [];
  const heading = ["", `#### ${code(CONFIG_FILE)}`, ""];
  const lines = settings.map((setting) => {
    const remark = settingRemark(setting, failOn);
    const rest = remark === "" ? "" : `, ${setting.hasFailed ? `**${remark}**` : remark}`;
    return `- ${code(settingSentence(setting))} (${setting.fingerprint})${rest}`;
  });
  const brief = `${counted(settings.length, "setting")} changed`;
  return [{ brief: toText([...heading, brief]), full: toText([...heading, ...lines]) }];
}

function networkSection({ first, others }: NetworkGroup, { failOn }: Review): Section {
  const { judgement } = first;
  const same = `The same in ${counted(others.length, "other network")}`;
  const lines = others.map(
    (other) => `- ${codeName(other)}: ${otherSentence(other.judgement, failOn)}`,
  );
  const brief = [
    "",
    `#### ${codeName(first)}`,
    ...markdownVerdict(judgement, failureSentences(judgement, failOn)),
  ];
  return {
    brief: toText([...brief, ...(others.length > 0 ? ["", same] : [])]),
    full: toText([
      ...brief,
      ...markdownDetails(judgement),
      ...(others.length > 0 ? folded(same, lines) : []),
      ...fingerprints(judgement),
    ]),
  };
}

function codeName({ file, judgement }: ReviewedNetwork): string {
  return `${code(nameOf(judgement))} in ${code(file.path)}${fileRemarks(file, code)}`;
}

/** The text that a file of approvals needs, so that a finding is approved without running anything. */
function fingerprints({ failing }: Judgement): readonly string[] {
  if (failing.length === 0) return [];
  const approved = failing.map(({ fingerprint }) => fingerprint);
  const lines = approved.map((fingerprint) => `  "${fingerprint}"`).join(",\n");
  const text = `{ "formatVersion": 1, "approved": [\n${lines}\n] }`;
  return folded("Fingerprints, for a file of approvals", codeBlock("json", text));
}

function errorSection(file: ReviewedFile): Section {
  const heading = `#### ${code(file.path)}${fileRemarks(file, code)}`;
  const brief = ["", heading, "", `**${errorSentence(file)}**`];
  const { base, head } = file.errors;
  const details = [...errorDetails("base", base), ...errorDetails("head", head)];
  return { brief: toText(brief), full: toText([...brief, ...details]) };
}

function errorDetails(side: "base" | "head", errors: readonly Diagnostic[]): readonly string[] {
  if (errors.length === 0) return [];
  const shown = errors.slice(0, MAX_ERRORS);
  const more = errors.length - shown.length;
  return folded(`Errors in ${side}`, [
    ...codeBlock("text", renderDiagnostics(shown)),
    ...(more > 0 ? ["", `and ${more} more`] : []),
  ]);
}

function sameLine(network: ReviewedNetwork): string {
  return `- ${codeName(network)}: ${sameSentence(network.judgement) ?? ""}`;
}

function listSection(title: string, lines: readonly string[]): readonly Section[] {
  if (lines.length === 0) return [];
  return [{ brief: toText(["", title]), full: toText(folded(title, lines)) }];
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
