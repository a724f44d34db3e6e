/** Prints a review as annotations of a GitHub workflow, each once even if several networks share it. */
import { renderGithub } from "../../compiler/index.ts";
import { CONFIG_FILE } from "../config-file.ts";
import { annotations, failure, notice } from "../diff/render-diff-github.ts";
import type { Review } from "./review-revisions.ts";
import {
  errorSentence,
  failureSentences,
  nameOf,
  partsOf,
  type ReviewedNetwork,
  reviewSentence,
  settingRemark,
  settingSentence,
} from "./review-sentences.ts";

/** What lines are called that belong to no finding. */
const TITLE = "inceptc review";

export function renderReviewGithub(review: Review): string {
  const { failed, notable } = partsOf(review);
  const networks = notable.flatMap(({ first, others }) => [first, ...others]);
  const failing = networks.filter(({ judgement }) => judgement.hasFailed);
  const lines = [
    ...review.settings.map((setting) => {
      const remark = settingRemark(setting, review.failOn);
      const text = `${CONFIG_FILE}: ${settingSentence(setting)}${remark === "" ? "" : `; ${remark}`}`;
      return (setting.hasFailed ? failure : notice)(TITLE, text);
    }),
    // Errors in base have no line in head.
    ...failed.flatMap((file) => [
      ...renderGithub(file.errors.head).split("\n"),
      failure(TITLE, `${file.path}: ${errorSentence(file)}`),
    ]),
    ...networks.flatMap(({ judgement }) => annotations(judgement)),
    // One line: GitHub shows ten of a step, and the first findings matter more.
    ...(failing.length > 0 ? [failure(TITLE, failingSentence(failing, review))] : []),
    notice(TITLE, reviewSentence(review)),
  ];
  return [...new Set(lines)].map((line) => (line === "" ? "" : `${line}\n`)).join("");
}

/** Networks grouped by why they fail: `Tiny, Small: fails because of --fail-on weights`. */
function failingSentence(failing: readonly ReviewedNetwork[], { failOn }: Review): string {
  const names = new Map<string, string[]>();
  for (const { judgement } of failing) {
    const reasons = failureSentences(judgement, failOn).join(", ");
    names.set(reasons, [...(names.get(reasons) ?? []), nameOf(judgement)]);
  }
  return [...names].map(([reasons, some]) => `${some.join(", ")}: ${reasons}`).join("; ");
}
