/** Renders a review for the terminal: what differs, network by network, and what does not. */
import { displayMessage } from "../../compiler/diagnostics/display-text.ts";
import { renderDiagnostics } from "../../compiler/index.ts";
import { CONFIG_FILE } from "../config-file.ts";
import { counted, sameSentence } from "../diff/diff-sentences.ts";
import { type DiffDepth, renderDiffText } from "../diff/render-diff-text.ts";
import type { Printer } from "../printer.ts";
import type { Review, ReviewedFile } from "./review-revisions.ts";
import {
  errorSentence,
  failureSentences,
  fileRemarks,
  type NetworkGroup,
  nameOf,
  otherSentence,
  partsOf,
  reviewSentence,
  settingRemark,
  settingSentence,
} from "./review-sentences.ts";

export function renderReviewText(review: Review, depth: DiffDepth, printer: Printer): string {
  const { style, symbols } = printer;
  const { failed, notable, same, modules } = partsOf(review);
  const lines = [
    ...settingLines(review, printer),
    ...failed.flatMap((file) => [
      style.error(`${placeOf(file)}: ${errorSentence(file)}`),
      "",
      ...errorLines(file, printer),
    ]),
    ...notable.flatMap((group) => groupLines(group, review, depth, printer)),
    ...same.map(
      ({ file, judgement }) =>
        `${style.help(symbols.good)} ${nameOf(judgement)} in ${placeOf(file)}: ${sameSentence(judgement) ?? ""}`,
    ),
    ...modules.map((file) => `${style.help(symbols.good)} ${placeOf(file)}: modules only`),
    ...(same.length + modules.length > 0 ? [""] : []),
    ...(review.unusedApprovals === undefined ? [] : [review.unusedApprovals]),
    style.strong(reviewSentence(review)),
  ];
  return `${lines.join("\n")}\n`;
}

function settingLines({ settings, failOn }: Review, { style }: Printer): readonly string[] {
  if (settings.length === 0) return [];
  const lines = settings.map((setting) => {
    const remark = settingRemark(setting, failOn);
    const text = `  ~ ${settingSentence(setting)}`;
    if (remark === "") return text;
    return `${text}  ${setting.hasFailed ? style.error(remark) : style.faint(remark)}`;
  });
  return [style.information(CONFIG_FILE), ...lines, ""];
}

function groupLines(
  { first, others }: NetworkGroup,
  { failOn }: Review,
  depth: DiffDepth,
  printer: Printer,
): readonly string[] {
  const { style } = printer;
  return [
    style.information(placeOf(first.file)),
    renderDiffText(first.judgement, depth, printer).trimEnd(),
    ...failureSentences(first.judgement, failOn).map((line) => style.error(line)),
    ...(others.length > 0 ? [`The same in ${counted(others.length, "other network")}:`] : []),
    ...others.map(
      ({ file, judgement }) =>
        `  ${nameOf(judgement)} in ${placeOf(file)}: ${otherSentence(judgement, failOn)}`,
    ),
    "",
  ];
}

function placeOf(file: ReviewedFile): string {
  return `${displayMessage(file.path)}${fileRemarks(file, displayMessage)}`;
}

function errorLines({ errors }: ReviewedFile, { style }: Printer): readonly string[] {
  return (["base", "head"] as const).flatMap((side) =>
    errors[side].length === 0
      ? []
      : [style.strong(side), renderDiagnostics(errors[side], style).trimEnd(), ""],
  );
}
