/**
 * Client for the comments of one pull request over GitHub's API; the only code in the project that uses the network.
 */
import { isJsonObject } from "../cli/config-file.ts";
import { EXIT_CODES } from "../cli/exit-codes.ts";
import { Failure } from "../cli/failure.ts";
import { TOOL_VERSION } from "../compiler/core/tool-version.ts";

/** `fetch`, or its replacement in a test. */
export type Send = (url: string, request: RequestInit) => Promise<Response>;

export interface GithubAddress {
  /** Without a slash at the end; other servers than github.com have their own. */
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
}

export interface Comment {
  readonly id: number;
  readonly body: string;
  /** The login of the author; empty if the account no longer exists. */
  readonly author: string;
}

/** All throw {@link Refusal} if the token lacks a permission, and a {@link Failure} if GitHub cannot be reached. */
export interface CommentsApi {
  /** Up to {@link COMMENTS_PER_PAGE} comments, oldest first; `page` counts from 1. */
  list(page: number): Promise<readonly Comment[]>;
  create(body: string): Promise<void>;
  update(id: number, body: string): Promise<void>;
  remove(id: number): Promise<void>;
  /** The login under which the token's comments appear. */
  login(): Promise<string>;
}

export const COMMENTS_PER_PAGE = 100;

/** Thrown if the token does not have the permission for a request. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** The login of a workflow's own token, used if GitHub does not tell. */
const WORKFLOW_LOGIN = "github-actions[bot]";

const TIMEOUT_MS = 30_000;

export function createCommentsApi(address: GithubAddress, send: Send): CommentsApi {
  const { apiUrl, graphqlUrl, repository, pullRequest } = address;
  const issues = `${apiUrl}/repos/${repository}/issues`;
  const comments = `${issues}/${pullRequest}/comments`;
  const ask = (method: string, url: string, body?: object): Promise<unknown> =>
    request(method, url, body, address.token, send);
  return {
    list: async (page) => {
      const answer = await ask("GET", `${comments}?per_page=${COMMENTS_PER_PAGE}&page=${page}`);
      if (Array.isArray(answer)) return answer.flatMap(toComment);
      throw new Failure(EXIT_CODES.unreadable, "the answer of GitHub is not a list of comments");
    },
    create: async (body) => {
      await ask("POST", comments, { body });
    },
    update: async (id, body) => {
      await ask("PATCH", `${issues}/comments/${id}`, { body });
    },
    remove: async (id) => {
      await ask("DELETE", `${issues}/comments/${id}`);
    },
    login: async () => loginIn(await ask("POST", graphqlUrl, { query: "{ viewer { login } }" })),
  };
}

function loginIn(answer: unknown): string {
  const inner = isJsonObject(answer) ? answer.data : undefined;
  const viewer = isJsonObject(inner) ? inner.viewer : undefined;
  const login = isJsonObject(viewer) ? viewer.login : undefined;
  return typeof login === "string" ? login : WORKFLOW_LOGIN;
}

function toComment(entry: unknown): readonly Comment[] {
  if (!isJsonObject(entry) || typeof entry.id !== "number") return [];
  const { id, body, user } = entry;
  const author = isJsonObject(user) && typeof user.login === "string" ? user.login : "";
  return [{ id, body: typeof body === "string" ? body : "", author }];
}

async function request(
  method: string,
  url: string,
  body: object | undefined,
  token: string,
  send: Send,
): Promise<unknown> {
  const asked = `${method} ${url}`;
  let response: Response;
  let text: string;
  try {
    response = await send(url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": `inceptc/${TOOL_VERSION}`,
        "x-github-api-version": "2022-11-28",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(EXIT_CODES.unreadable, `GitHub could not be reached for ${asked}: ${reason}`);
  }
  // Nothing is the answer to a removal.
  const content = response.status === 204 ? null : parseJson(text);
  if (response.ok && content !== undefined) return content;
  throw problemOf(response, content, asked);
}

function problemOf({ status, headers }: Response, content: unknown, asked: string): Error {
  const said = isJsonObject(content) && typeof content.message === "string" ? content.message : "";
  const answer = `GitHub answered ${status} to ${asked}${said === "" ? "" : `: ${said}`}`;
  const isLimited =
    status === 429 ||
    (status === 403 &&
      (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0"));
  if (isLimited) return new Failure(EXIT_CODES.unreadable, answer, resumption(headers));
  if (status === 403) return new Refusal(said === "" ? answer : said);
  const help =
    status === 401 || status === 404
      ? "the input `token` must be a token that can see this repository"
      : "run the job again later";
  return new Failure(EXIT_CODES.unreadable, answer, help);
}

/** When a rate limit ends; GitHub gives seconds to wait, or the second of the epoch. */
function resumption(headers: Headers): string {
  const wait = headers.get("retry-after");
  if (wait !== null && /^\d{1,6}$/.test(wait)) return `run the job again after ${wait} seconds`;
  const reset = headers.get("x-ratelimit-reset");
  if (reset === null || !/^\d{1,11}$/.test(reset)) return "run the job again later";
  return `run the job again after ${new Date(Number(reset) * 1000).toISOString()}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
