/** Runs `inceptc review`: compares every network of a repository between two revisions. */
import type { ToOptions } from "../command-context.ts";
import type { DiffDepth } from "../diff/render-diff-text.ts";
import type { ExitCode } from "../exit-codes.ts";
import { startLaps } from "../laps.ts";
import { createMessagePrinter } from "../options.ts";
import { createPrinter } from "../printer.ts";
import { renderReviewGithub } from "../review/render-review-github.ts";
import { renderReviewMarkdown } from "../review/render-review-markdown.ts";
import { renderReviewText } from "../review/render-review-text.ts";
import { reviewToJson } from "../review/review-json.ts";
import {
  exitCodeOf,
  hasErrors,
  type Review,
  type ReviewRequest,
  reviewRevisions,
} from "../review/review-revisions.ts";
import type { Terminal } from "../terminal.ts";

export interface ReviewOptions extends ReviewRequest {
  readonly format: "text" | "json" | "markdown" | "github";
  readonly level: DiffDepth;
}

export async function runReview(
  base: string,
  head: string,
  toOptions: ToOptions<ReviewOptions>,
  terminal: Terminal,
): Promise<ExitCode> {
  const laps = startLaps(toOptions(undefined));
  const { review, options } = reviewRevisions(base, head, toOptions, terminal);
  laps.end("review");
  writeReview(review, options, terminal);
  laps.end("print");
  laps.print(createMessagePrinter(options, terminal));
  return exitCodeOf(review);
}

function writeReview(review: Review, options: ReviewOptions, { stdout, env }: Terminal): void {
  const printer = createPrinter(stdout, env, options.color);
  switch (options.format) {
    case "text":
      // What was not compared is printed even with --quiet.
      if (!options.quiet || review.files.some(hasErrors))
        printer.write(renderReviewText(review, options.level, printer));
      break;
    case "json":
      stdout.write(`${JSON.stringify(reviewToJson(review), null, 2)}\n`);
      break;
    case "markdown":
      stdout.write(renderReviewMarkdown(review));
      break;
    case "github":
      stdout.write(renderReviewGithub(review));
      break;
  }
}
