/**
 * Runs `inceptc review` for a workflow and publishes the result.
 *
 * Findings become annotations on the lines of the pull request, a summary of the job, and one comment.
 */
import { appendFileSync } from "node:fs";
import type { Command } from "commander";
import { type CommandContext, onRunWithConfigs, type ToOptions } from "../cli/command-context.ts";
import { failure, notice } from "../cli/diff/render-diff-github.ts";
import { code } from "../cli/diff/render-diff-markdown.ts";
import { EXIT_CODES, type ExitCode } from "../cli/exit-codes.ts";
import { Failure } from "../cli/failure.ts";
import { runCli } from "../cli/main.ts";
import { reportError } from "../cli/print-failure.ts";
import { createProgram } from "../cli/program.ts";
import { renderReviewGithub } from "../cli/review/render-review-github.ts";
import { renderReviewMarkdown } from "../cli/review/render-review-markdown.ts";
import { exitCodeOf, type ReviewRequest, reviewRevisions } from "../cli/review/review-revisions.ts";
import type { Terminal } from "../cli/terminal.ts";
import { createCommentsApi, Refusal, type Send } from "./github-api.ts";
import { type Inputs, readInputs, toReviewArguments, wantsComment } from "./inputs.ts";
import { MAX_TEXT_BYTES, putComment } from "./sticky-comment.ts";
import { type PullRequest, readTrigger } from "./trigger.ts";

/** What annotations are called that belong to no finding. */
const TITLE = "inceptc review";

/** GitHub takes 1 MiB for each step. */
const MAX_SUMMARY_BYTES = 1024 * 1024;

/** What is published at the end of a run, whether or not anything was compared. */
interface Outcome {
  readonly exitCode: ExitCode;
  /** Lines for GitHub's runner. */
  readonly annotations: string;
  /** Whether there is anything that deserves a new comment. */
  readonly isNews: boolean;
  readonly markdown: (maxBytes: number, elsewhere: string) => string;
}

/** Never throws. Only `send` uses the network. */
export async function runAction(terminal: Terminal, send: Send): Promise<ExitCode> {
  const inputs = readInputs(terminal.env);
  try {
    const hasComment = wantsComment(inputs);
    const { base, head, pullRequest } = readTrigger(inputs.base, terminal);
    let isDelivered = false;
    const deliver = async (outcome: Outcome): Promise<ExitCode> => {
      isDelivered = true;
      terminal.stdout.write(outcome.annotations);
      writeSummary(outcome, terminal);
      if (!hasComment || pullRequest === undefined) return outcome.exitCode;
      const isWritten = await comment(outcome, pullRequest, inputs, terminal, send);
      return isWritten ? outcome.exitCode : EXIT_CODES.unreadable;
    };
    const { terminal: listening, said } = listenToErrors(terminal);
    const args = toReviewArguments(inputs, base, head);
    const exitCode = await runCli(args, listening, (context) =>
      createReviewProgram(context, (toOptions) => deliver(review(base, head, toOptions, terminal))),
    );
    if (isDelivered) return exitCode;
    // The command line did not get as far as a review, for an input that it does not take.
    return await deliver(failedOutcome(said(), exitCode));
  } catch (error) {
    return reportError(error, [], terminal);
  }
}

/** A terminal that passes on what is said on standard error, and keeps it. */
function listenToErrors(terminal: Terminal): {
  readonly terminal: Terminal;
  readonly said: () => string;
} {
  const texts: string[] = [];
  const { stderr } = terminal;
  const write = (text: string): void => {
    texts.push(text);
    stderr.write(text);
  };
  return {
    terminal: { ...terminal, stderr: { isTty: stderr.isTty, write } },
    said: () => texts.join("").trim().split("\n")[0] ?? "",
  };
}

/** The command line whose `review` ends in `run`: options mean the same there as they do by hand, configured ones too. */
function createReviewProgram(
  context: CommandContext,
  run: (toOptions: ToOptions<ReviewRequest>) => Promise<ExitCode>,
): Command {
  const program = createProgram(context);
  for (const command of program.commands) {
    if (command.name() === "review") {
      onRunWithConfigs<ReviewRequest>(command, context, (_, toOptions) => run(toOptions));
    }
  }
  return program;
}

/** A failed review is reported in the same places, since an older comment would look like its result. */
function review(
  base: string,
  head: string,
  toOptions: ToOptions<ReviewRequest>,
  terminal: Terminal,
): Outcome {
  try {
    const { review: reviewed } = reviewRevisions(base, head, toOptions, terminal);
    return {
      exitCode: exitCodeOf(reviewed),
      annotations: renderReviewGithub(reviewed),
      isNews: reviewed.files.length > 0 || reviewed.settings.length > 0,
      markdown: (maxBytes, elsewhere) => renderReviewMarkdown(reviewed, { maxBytes, elsewhere }),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return failedOutcome(sentenceOf(error), error.exitCode);
  }
}

function failedOutcome(sentence: string, exitCode: ExitCode): Outcome {
  return {
    exitCode,
    annotations: `${failure(TITLE, sentence)}\n`,
    isNews: true,
    markdown: () => `### inceptc: nothing was compared\n\n${code(sentence)}\n`,
  };
}

function writeSummary({ markdown }: Outcome, { env }: Terminal): void {
  const path = env.GITHUB_STEP_SUMMARY;
  if (path === undefined || path === "") return;
  const text = markdown(MAX_SUMMARY_BYTES, "`inceptc review` prints it all");
  try {
    appendFileSync(path, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(EXIT_CODES.unreadable, `the job summary was not written: ${reason}`);
  }
}

/** False if GitHub could not be reached; a read-only token is not the fault of the pull request. */
async function comment(
  outcome: Outcome,
  { number, isFromFork }: PullRequest,
  { token }: Inputs,
  { env, stdout }: Terminal,
  send: Send,
): Promise<boolean> {
  const {
    GITHUB_API_URL = "https://api.github.com",
    GITHUB_GRAPHQL_URL = "https://api.github.com/graphql",
    GITHUB_SERVER_URL = "https://github.com",
    GITHUB_REPOSITORY = "",
    GITHUB_RUN_ID = "",
  } = env;
  const run = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  const text = outcome.markdown(MAX_TEXT_BYTES, `see [the job summary](${run}) for everything`);
  const address = {
    apiUrl: GITHUB_API_URL,
    graphqlUrl: GITHUB_GRAPHQL_URL,
    repository: GITHUB_REPOSITORY,
    pullRequest: number,
    token,
  };
  try {
    if (token === "") throw new Refusal("the input `token` is empty");
    await putComment(text, outcome.isNews, createCommentsApi(address, send));
    return true;
  } catch (error) {
    if (error instanceof Refusal) {
      const reason = isFromFork
        ? "a workflow for a fork has read access only"
        : "a comment needs `permissions: pull-requests: write`";
      const place = "the review is in the job summary";
      stdout.write(`${notice(TITLE, `no comment: ${error.message}; ${reason}; ${place}`)}\n`);
      return true;
    }
    if (!(error instanceof Failure)) throw error;
    stdout.write(`${failure(TITLE, `the comment was not written: ${sentenceOf(error)}`)}\n`);
    return false;
  }
}

function sentenceOf({ message, help }: Failure): string {
  return help === undefined ? message : `${message}; ${help}`;
}
