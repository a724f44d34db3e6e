/** A fake GitHub: a replacement for `fetch` that keeps comments in memory and records the requests. */
import type { Send } from "../../../src/action/github-api.ts";

export interface FakeComment {
  readonly id: number;
  body: string;
  readonly user: { readonly login: string } | null;
}

export interface FakeGithub {
  readonly send: Send;
  readonly comments: readonly FakeComment[];
  /** `POST /repos/o/r/issues/7/comments`, in order. */
  readonly requests: readonly string[];
  /** The headers of every request. */
  readonly headers: readonly Headers[];
}

export interface FakeGithubOptions {
  readonly comments?: readonly { readonly body: string; readonly author: string | null }[];
  /** Who the token belongs to. */
  readonly login?: string;
  /** Answers in place of GitHub; `undefined` leaves it to answer as ever. */
  readonly intercept?: (method: string, path: string) => Response | undefined;
}

export const API_URL = "https://github.example/api/v3";
export const GRAPHQL_URL = "https://github.example/api/graphql";

export function answer(status: number, content: unknown, headers: HeadersInit = {}): Response {
  return new Response(JSON.stringify(content), { status, headers });
}

/** Knows the pull request 7 of `o/r`; whatever else it is asked for is an error of the test. */
export function createFakeGithub(options: FakeGithubOptions = {}): FakeGithub {
  const { login = "github-actions[bot]", intercept } = options;
  const comments: FakeComment[] = (options.comments ?? []).map(({ body, author }, index) => ({
    id: index + 1,
    body,
    user: author === null ? null : { login: author },
  }));
  const requests: string[] = [];
  const headers: Headers[] = [];
  const issues = `${API_URL}/repos/o/r/issues`;
  const send: Send = async (url, request) => {
    const { method = "GET", body } = request;
    const { origin } = new URL(API_URL);
    requests.push(`${method} ${url.replace(origin, "")}`);
    headers.push(new Headers(request.headers));
    const intercepted = intercept?.(method, url.replace(origin, ""));
    if (intercepted) return intercepted;
    const content: unknown = typeof body === "string" ? JSON.parse(body) : undefined;
    if (method === "POST" && url === GRAPHQL_URL) {
      return answer(200, { data: { viewer: { login } } });
    }
    const page = new RegExp(`^${issues}/7/comments\\?per_page=100&page=(\\d+)$`).exec(url)?.[1];
    if (method === "GET" && page !== undefined) {
      return answer(200, comments.slice((Number(page) - 1) * 100, Number(page) * 100));
    }
    if (method === "POST" && url === `${issues}/7/comments`) {
      comments.push({ id: comments.length + 1, body: bodyIn(content), user: { login } });
      return answer(201, {});
    }
    const removed = comments.findIndex(({ id }) => url === `${issues}/comments/${id}`);
    if (method === "DELETE" && removed >= 0) {
      comments.splice(removed, 1);
      return new Response(null, { status: 204 });
    }
    const id = new RegExp(`^${issues}/comments/(\\d+)$`).exec(url)?.[1];
    const comment = comments.find((one) => one.id === Number(id));
    if (method === "PATCH" && comment) {
      comment.body = bodyIn(content);
      return answer(200, {});
    }
    throw new Error(`nobody asks GitHub for ${method} ${url}`);
  };
  return { send, comments, requests, headers };
}

function bodyIn(content: unknown): string {
  if (typeof content === "object" && content !== null && "body" in content) {
    const { body } = content;
    // As GitHub does.
    if (typeof body === "string" && body.length <= 65_536) return body;
  }
  throw new Error("GitHub takes a body of at most 65,536 characters");
}
