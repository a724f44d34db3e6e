/** Reads the event that started the workflow: the commits to compare and the pull request, if any. */
import { isJsonObject, type JsonObject } from "../cli/config-file.ts";
import { EXIT_CODES } from "../cli/exit-codes.ts";
import { Failure } from "../cli/failure.ts";
import type { Terminal } from "../cli/terminal.ts";
import { readInputFile } from "../node/read-input.ts";

export interface Trigger {
  /** Revisions of git. */
  readonly base: string;
  readonly head: string;
  readonly pullRequest: PullRequest | undefined;
}

export interface PullRequest {
  readonly number: number;
  /** Whether head is in a different repository, so that the workflow's token is read-only. */
  readonly isFromFork: boolean;
}

/** Throws a {@link Failure} where there is nothing to compare with. */
export function readTrigger(base: string, terminal: Terminal): Trigger {
  const { GITHUB_EVENT_NAME = "", GITHUB_SHA = "HEAD" } = terminal.env;
  const event = readEvent(terminal);
  const range = rangeOf(event);
  const chosen = base || range.base;
  if (chosen !== undefined) {
    return { base: chosen, head: range.head ?? GITHUB_SHA, pullRequest: pullRequestOf(event) };
  }
  const name =
    GITHUB_EVENT_NAME === "" ? "a run without an event" : `the event ${GITHUB_EVENT_NAME}`;
  throw new Failure(
    EXIT_CODES.usage,
    `${name} has no commit to compare with`,
    "name one with the input `base`",
  );
}

interface EventRange {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

function rangeOf(event: JsonObject): EventRange {
  const pullRequest = objectAt(event, "pull_request");
  const group = objectAt(event, "merge_group");
  return {
    base:
      textAt(objectAt(pullRequest, "base"), "sha") ?? textAt(group, "base_sha") ?? formerOf(event),
    head: textAt(objectAt(pullRequest, "head"), "sha") ?? textAt(group, "head_sha"),
  };
}

/** What a push replaced; a new branch replaced nothing, and is compared with the branch that it will go to. */
function formerOf(event: JsonObject): string | undefined {
  const before = textAt(event, "before");
  if (before === undefined || !/^0+$/.test(before)) return before;
  const branch = textAt(objectAt(event, "repository"), "default_branch");
  return branch === undefined ? undefined : `refs/remotes/origin/${branch}`;
}

function pullRequestOf(event: JsonObject): PullRequest | undefined {
  const pullRequest = objectAt(event, "pull_request");
  const number = pullRequest.number;
  if (typeof number !== "number" || !Number.isSafeInteger(number)) return undefined;
  const repositoryOf = (side: string): string | undefined =>
    textAt(objectAt(objectAt(pullRequest, side), "repo"), "full_name");
  return { number, isFromFork: repositoryOf("head") !== repositoryOf("base") };
}

/** An empty event where a run has none. */
function readEvent({ env, cwd }: Terminal): JsonObject {
  const path = env.GITHUB_EVENT_PATH;
  if (path === undefined || path === "") return {};
  const input = readInputFile(path, cwd);
  if ("problem" in input) return {};
  try {
    const event: unknown = JSON.parse(input.text);
    return isJsonObject(event) ? event : {};
  } catch {
    throw new Failure(EXIT_CODES.unreadable, `the event in ${path} is not JSON`);
  }
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}

function textAt(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}
