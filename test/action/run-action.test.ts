/** Tests the requests of the GitHub action, where it publishes its findings, and its exit codes. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type InputName, variableOf } from "../../src/action/inputs.ts";
import { runAction } from "../../src/action/run-action.ts";
import { MAX_COMMENT_BYTES } from "../../src/action/sticky-comment.ts";
import { createRepository, type Files } from "../cli/support/create-repository.ts";
import {
  BROKEN,
  createFolder,
  inTerminal,
  type RunResult,
  TINY,
} from "../cli/support/run-in-folder.ts";
import {
  API_URL,
  answer,
  createFakeGithub,
  type FakeGithub,
  GRAPHQL_URL,
} from "./support/fake-github.ts";

const isUpdate = process.env.UPDATE === "1";

const WIDER = TINY.replace("3x3 8 /2", "3x3 12 /2");
const MARK = "<!-- inceptc-review -->";
const COMMENTS = "/api/v3/repos/o/r/issues/7/comments";

interface Job {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
  readonly summary: string;
  /** Runs the action in the job; inputs that are not given have the defaults of action.yml. */
  readonly run: (github: FakeGithub, options?: JobOptions) => Promise<RunResult>;
}

interface JobOptions {
  readonly inputs?: Partial<Record<InputName, string>>;
  /** The content of the event file; `null` for a run without one. */
  readonly event?: object | string | null;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder that the job runs in, if it is not the repository. */
  readonly folder?: string;
}

/** A checkout with a branch that makes the second set of files of the first. */
function createJob(before: Files, after: Files): Job {
  const { folder, git, commit } = createRepository(before);
  const base = git("rev-parse", "HEAD");
  git("checkout", "--quiet", "-b", "branch");
  const head = commit(after);
  const runner = createFolder();
  const summary = join(runner, "summary.md");
  const eventPath = join(runner, "event.json");
  const run: Job["run"] = (github, options = {}) => {
    const { inputs = {}, event = pullRequest(base, head), env = {} } = options;
    if (event !== null) {
      writeFileSync(eventPath, typeof event === "string" ? event : JSON.stringify(event));
    }
    const given = { paths: "**/*.incept", "fail-on": "none", token: "secret", ...inputs };
    const variables = Object.entries(given).map(([name, value]) => [
      variableOf(name as InputName),
      value,
    ]);
    const environment = {
      GITHUB_API_URL: API_URL,
      GITHUB_GRAPHQL_URL: GRAPHQL_URL,
      GITHUB_SERVER_URL: "https://github.example",
      GITHUB_REPOSITORY: "o/r",
      GITHUB_RUN_ID: "99",
      GITHUB_EVENT_NAME: "pull_request",
      GITHUB_SHA: head,
      GITHUB_STEP_SUMMARY: summary,
      ...(event === null ? {} : { GITHUB_EVENT_PATH: eventPath }),
      ...Object.fromEntries(variables),
      ...env,
    };
    return inTerminal(options.folder ?? folder, { env: environment }, (terminal) =>
      runAction(terminal, github.send),
    );
  };
  return { folder, base, head, summary, run };
}

function pullRequest(base: string, head: string, headRepository = "o/r"): object {
  return {
    pull_request: {
      number: 7,
      base: { sha: base, repo: { full_name: "o/r" } },
      head: { sha: head, repo: { full_name: headRepository } },
    },
  };
}

const changed = (): Job => createJob({ "a.incept": TINY }, { "a.incept": WIDER });

describe("the comment", () => {
  test("is this text", async () => {
    const variant = "\nvariant Small of Tiny {\n  width 0.5\n}\n";
    const job = createJob(
      {
        "nets/tiny.incept": TINY + variant,
        "nets/old.incept": "network Old {\n  input 8x8x1\n  conv 1x1 2\n}\n",
        "same.incept": TINY.replace("Tiny", "Same"),
      },
      {
        "nets/tiny.incept": TINY.replace("-> maxpool 3x3 /2", "-> maxpool 2x2 /2") + variant,
        "nets/old.incept": null,
        "nets/broken.incept": BROKEN,
        "same.incept": `// The same.\n${TINY.replace("Tiny", "Same")}`,
        "new one.incept": TINY.replace("Tiny", "New"),
        "modules.incept": "module Unused { conv 1x1 2 }\n",
      },
    );
    const github = createFakeGithub();
    const { exitCode, stderr } = await job.run(github, { inputs: { "fail-on": "numerics" } });
    expect([exitCode, stderr]).toEqual([3, ""]);
    const [comment] = github.comments;
    const golden = join(import.meta.dirname, "comment.md");
    if (isUpdate) writeFileSync(golden, comment?.body ?? "");
    expect(comment?.body).toBe(readFileSync(golden, "utf8"));
    expect(`${MARK}\n${readFileSync(job.summary, "utf8")}`).toBe(comment?.body);
  });

  test("is made once and then written over", async () => {
    const job = changed();
    const github = createFakeGithub({ comments: [{ body: "Nice.", author: "ann" }] });
    await job.run(github);
    await job.run(github, { inputs: { "fail-on": "weights" } });
    expect(github.requests).toEqual([
      `GET ${COMMENTS}?per_page=100&page=1`,
      `POST ${COMMENTS}`,
      `GET ${COMMENTS}?per_page=100&page=1`,
      "POST /api/graphql",
      "PATCH /api/v3/repos/o/r/issues/comments/2",
    ]);
    expect(github.comments).toHaveLength(2);
    expect(github.comments[1]?.body).toContain("**fails because of --fail-on weights**");
  });

  test("is found behind any number of others", async () => {
    const others = Array.from({ length: 250 }, () => ({ body: "Hm.", author: "ann" }));
    const own = { body: `${MARK}\nformer`, author: "github-actions[bot]" };
    const github = createFakeGithub({ comments: [...others, own] });
    await changed().run(github);
    expect(github.requests.filter((request) => request.startsWith("GET"))).toHaveLength(3);
    expect(github.requests.at(-1)).toBe("PATCH /api/v3/repos/o/r/issues/comments/251");
  });

  test("is one, where two runs at the same time made two; what others wrote stays", async () => {
    const own = { body: `${MARK}\nformer`, author: "github-actions[bot]" };
    const hers = { body: `${MARK}\nhers`, author: "ann" };
    const github = createFakeGithub({ comments: [own, hers, own] });
    await changed().run(github);
    expect(github.comments.map(({ id }) => id)).toEqual([1, 2]);
    expect(github.comments[0]?.body).toContain("1 network differs");
    expect(github.comments[1]?.body).toContain("hers");
  });

  test("is not one of somebody else that has the mark", async () => {
    const github = createFakeGithub({
      comments: [
        { body: `${MARK}\nAll is well.`, author: "mallory" },
        { body: `${MARK}\nAll is well.`, author: null },
      ],
    });
    await changed().run(github);
    expect(github.comments.map(({ body }) => body.includes("All is well"))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each(["octo-app[bot]", "octo-app", "ann"])(
    "is found under the name of any token: %s",
    async (login) => {
      const author = login === "octo-app" ? "octo-app[bot]" : login;
      const github = createFakeGithub({ login, comments: [{ body: `${MARK}\n`, author }] });
      await changed().run(github);
      expect(github.requests.at(-1)).toBe("PATCH /api/v3/repos/o/r/issues/comments/1");
    },
  );

  test("is not made where no specification changed, and corrected where there is one", async () => {
    const job = createJob({ "a.incept": TINY }, { "readme.md": "text" });
    const github = createFakeGithub();
    const { exitCode } = await job.run(github);
    expect([exitCode, github.comments]).toEqual([0, []]);
    expect(readFileSync(job.summary, "utf8")).toMatch(/^### inceptc: no changes: 1 file checked\n/);
    const own = { body: `${MARK}\n2 networks differ`, author: "github-actions[bot]" };
    const commented = createFakeGithub({ comments: [own] });
    await job.run(commented);
    expect(commented.comments[0]?.body).toContain("no changes: 1 file checked");
  });

  test("says that nothing changed where only texts did", async () => {
    const job = createJob({ "a.incept": TINY }, { "a.incept": `// more\n${TINY}` });
    const github = createFakeGithub();
    await job.run(github);
    expect(github.comments[0]?.body).toContain("no structural changes: 1 network compared");
  });

  test("keeps to what GitHub takes by leaving out details, and then whole networks", async () => {
    const name = (index: number): string => `Network${index}With${"A".repeat(80)}LongName`;
    const files = (text: (index: number) => string): Files =>
      Object.fromEntries(
        Array.from({ length: 150 }, (_, index) => [`${index}.incept`, text(index)]),
      );
    const job = createJob(
      files((index) => TINY.replace("Tiny", name(index))),
      files((index) => TINY.replace("Tiny", name(index)).replace("3x3 8", `3x3 ${index + 9}`)),
    );
    const github = createFakeGithub();
    expect((await job.run(github)).exitCode).toBe(0);
    const body = github.comments[0]?.body ?? "";
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(MAX_COMMENT_BYTES);
    expect(Buffer.byteLength(body)).toBeGreaterThan(MAX_COMMENT_BYTES - 4096);
    expect(body).toMatch(
      /\nOf 150 parts, the details of \d+ did not fit here: see \[the job summary\]\(https:\/\/github\.example\/o\/r\/actions\/runs\/99\) for everything\.\n/,
    );
    expect(body.match(/^#### /gm)).toHaveLength(150);
    expect(body.match(/<details>/g)?.length).toBe(body.match(/<\/details>/g)?.length);
    expect(readFileSync(job.summary, "utf8")).not.toContain("did not fit");
  });
});

describe("a token that may not write", () => {
  const readOnly = (): FakeGithub =>
    createFakeGithub({
      intercept: (method) =>
        method === "GET"
          ? undefined
          : answer(403, { message: "Resource not accessible by integration" }),
    });

  test.each([
    ["ann/r", "a workflow for a fork has read access only"],
    ["o/r", "a comment needs `permissions: pull-requests: write`"],
  ])("of %s leaves the review to the summary", async (repository, reason) => {
    const job = changed();
    const event = pullRequest(job.base, job.head, repository);
    const { exitCode, stdout } = await job.run(readOnly(), { event });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `::notice title=inceptc review::no comment: Resource not accessible by integration; ${reason}; the review is in the job summary\n`,
    );
    expect(readFileSync(job.summary, "utf8")).toContain("1 network differs");
    const failing = await job.run(readOnly(), { event, inputs: { "fail-on": "weights" } });
    expect(failing.exitCode).toBe(1);
  });

  test("is none at all where the input is empty", async () => {
    const github = createFakeGithub();
    const { exitCode, stdout } = await changed().run(github, { inputs: { token: "" } });
    expect([exitCode, github.requests]).toEqual([0, []]);
    expect(stdout).toContain("no comment: the input `token` is empty");
  });
});

describe("a GitHub that does not answer", () => {
  test.each([
    [
      answerer(502, { message: "Server Error" }),
      /answered 502 to GET \S+: Server Error; run the job again later/,
    ],
    [
      answerer(401, { message: "Bad credentials" }),
      /answered 401 .*: Bad credentials; the input `token`/,
    ],
    [answerer(404, { message: "Not Found" }), /answered 404 .*; the input `token`/],
    [
      answerer(429, {}, { "retry-after": "60" }),
      /answered 429 .*; run the job again after 60 seconds/,
    ],
    [
      answerer(
        403,
        { message: "API rate limit exceeded" },
        { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225600" },
      ),
      /answered 403 .*: API rate limit exceeded; run the job again after 2026-01-01T00:00:00.000Z/,
    ],
    [answerer(200, { message: "surprise" }), /not a list of comments/],
    [() => new Response("<html>", { status: 200 }), /answered 200 to GET/],
    [
      () => {
        throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
      },
      /GitHub could not be reached for GET \S+: connect ECONNREFUSED/,
    ],
  ])("is said, and exit 3: %#", async (intercept, message) => {
    const job = changed();
    const { exitCode, stdout } = await job.run(createFakeGithub({ intercept }));
    expect(exitCode).toBe(3);
    const line = stdout.split("\n").find((one) => one.includes("the comment was not written"));
    expect(line).toMatch(/^::error title=inceptc review::the comment was not written: /);
    expect(line).toMatch(message);
    expect(readFileSync(job.summary, "utf8")).toContain("1 network differs");
  });

  function answerer(...parts: Parameters<typeof answer>): () => Response {
    return () => answer(...parts);
  }
});

describe("what a workflow runs for", () => {
  test("a push has a summary and no comment, and is compared with what it replaced", async () => {
    const job = changed();
    const github = createFakeGithub();
    const env = { GITHUB_EVENT_NAME: "push" };
    const { exitCode } = await job.run(github, { event: { before: job.base }, env });
    expect([exitCode, github.requests]).toEqual([0, []]);
    expect(readFileSync(job.summary, "utf8")).toContain("1 network differs");
  });

  test("a new branch is compared with the default branch", async () => {
    const job = changed();
    execFileSync("git", ["update-ref", "refs/remotes/origin/main", job.base], { cwd: job.folder });
    const event = { before: "0".repeat(40), repository: { default_branch: "main" } };
    const { exitCode } = await job.run(createFakeGithub(), { event });
    expect(exitCode).toBe(0);
    expect(readFileSync(job.summary, "utf8")).toContain("1 network differs");
  });

  test("a merge group is compared with what it is merged into", async () => {
    const job = changed();
    const event = { merge_group: { base_sha: job.base, head_sha: job.head } };
    expect((await job.run(createFakeGithub(), { event })).exitCode).toBe(0);
    expect(readFileSync(job.summary, "utf8")).toContain("1 network differs");
  });

  test.each([
    ["no event", null],
    ["an event without commits", { schedule: "0 0 * * *" }],
    ["an event that is a list", "[]"],
  ])("%s needs a base, and has no comment", async (_, event) => {
    const job = changed();
    const github = createFakeGithub();
    const env = { GITHUB_EVENT_NAME: "schedule" };
    const without = await job.run(github, { event, env });
    expect(without.exitCode).toBe(2);
    expect(without.stderr).toContain("the event schedule has no commit to compare with");
    expect(without.stderr).toContain("help: name one with the input `base`");
    const given = await job.run(github, { event, env, inputs: { base: "main" } });
    expect([given.exitCode, github.requests]).toEqual([0, []]);
    expect(readFileSync(job.summary, "utf8")).toContain("1 network differs");
  });

  test("a base that is given goes before that of the pull request", async () => {
    const job = changed();
    await job.run(createFakeGithub(), { inputs: { base: "branch" } });
    expect(readFileSync(job.summary, "utf8")).toContain("no changes: 1 file checked");
  });

  test("an event that is not JSON is exit 3", async () => {
    const { exitCode, stderr } = await changed().run(createFakeGithub(), { event: "{" });
    expect(exitCode).toBe(3);
    expect(stderr).toContain("event.json is not JSON");
  });
});

describe("what cannot be compared", () => {
  test("is in the comment that may be there already: a clone without the commit", async () => {
    const job = changed();
    const clone = createFolder();
    const asked = ["clone", "--quiet", "--depth", "1", `file://${job.folder}`, clone];
    execFileSync("git", asked, { stdio: "ignore" });
    const own = { body: `${MARK}\nno changes`, author: "github-actions[bot]" };
    const github = createFakeGithub({ comments: [own] });
    const { exitCode, stdout } = await job.run(github, { folder: clone });
    expect(exitCode).toBe(3);
    expect(stdout).toMatch(/^::error title=inceptc review::.* shallow; .*fetch-depth: 0/);
    expect(github.comments[0]?.body).toContain("### inceptc: nothing was compared\n");
    expect(github.comments[0]?.body).toContain("fetch-depth: 0");
  });

  test.each(["{", '{ "failOn": 1 }', '{ "unknown": true }', Buffer.from([0xff])])(
    "is in summary and comment: the configuration %j",
    async (text) => {
      const job = createJob(
        { "a.incept": TINY },
        { "a.incept": WIDER, "inceptc.config.json": text },
      );
      const own = { body: `${MARK}\nno changes`, author: "github-actions[bot]" };
      const github = createFakeGithub({ comments: [own] });
      const { exitCode, stdout } = await job.run(github, { inputs: { "fail-on": "" } });
      expect(exitCode).toBeGreaterThan(1);
      expect(stdout).toMatch(/^::error title=inceptc review::.*inceptc\.config\.json/);
      for (const place of [github.comments[0]?.body, readFileSync(job.summary, "utf8")]) {
        expect(place).toContain("### inceptc: nothing was compared\n");
        expect(place).toContain("inceptc.config.json");
      }
    },
  );

  test.each([
    [{ "fail-on": "sometimes" }, "sometimes"],
    [{ "max-macs": "much" }, "--max-macs much"],
  ])("is in summary and comment: the input %j", async (inputs, said) => {
    const job = changed();
    const own = { body: `${MARK}\nno changes`, author: "github-actions[bot]" };
    const github = createFakeGithub({ comments: [own] });
    expect((await job.run(github, { inputs })).exitCode).toBe(2);
    for (const place of [github.comments[0]?.body, readFileSync(job.summary, "utf8")]) {
      expect(place).toContain("### inceptc: nothing was compared\n");
      expect(place).toContain(said);
    }
  });

  test.each([
    ["base", "--output=stolen"],
    ["base", "HEAD; touch stolen"],
  ] as const)("hostile %s %j", async (name, value) => {
    const job = changed();
    const { exitCode } = await job.run(createFakeGithub(), { inputs: { [name]: value } });
    expect(exitCode).toBe(3);
    expect(existsSync(join(job.folder, "stolen"))).toBe(false);
  });
});

describe("inputs", () => {
  test.each([
    [{ "fail-on": "weights" }, 1],
    [{ "fail-on": "none" }, 0],
    [{ "fail-on": "sometimes" }, 2],
    [{ "max-params": "+1%" }, 1],
    [{ "max-macs": "1G" }, 0],
    [{ "max-macs": "much" }, 2],
    [{ approvals: "missing.json" }, 3],
    [{ comment: "maybe" }, 2],
    [{ paths: "nets/**\n  !nets/old/**" }, 0],
  ])("%j", async (inputs, exitCode) => {
    expect((await changed().run(createFakeGithub(), { inputs })).exitCode).toBe(exitCode);
  });

  test("`comment: false` asks GitHub for nothing", async () => {
    const github = createFakeGithub();
    const { exitCode } = await changed().run(github, { inputs: { comment: "false" } });
    expect([exitCode, github.requests]).toEqual([0, []]);
  });

  test("`paths` is a glob a line", async () => {
    const job = createJob(
      { "nets/a b.incept": TINY, "nets/old/c.incept": TINY },
      { "nets/a b.incept": WIDER, "nets/old/c.incept": WIDER },
    );
    const paths = "\nnets/**/*.incept\n!nets/old/**\n";
    await job.run(createFakeGithub(), { inputs: { paths } });
    expect(readFileSync(job.summary, "utf8")).toContain("inceptc: 1 network differs\n");
  });

  test("the token goes to GitHub alone", async () => {
    const job = changed();
    const github = createFakeGithub();
    const { stdout, stderr } = await job.run(github);
    expect(github.headers.map((one) => one.get("authorization"))).toEqual([
      "Bearer secret",
      "Bearer secret",
    ]);
    expect(stdout + stderr + readFileSync(job.summary, "utf8")).not.toContain("secret");
  });
});

test("findings are annotations on the lines of head", async () => {
  const { stdout } = await changed().run(createFakeGithub(), { inputs: { "fail-on": "weights" } });
  expect(stdout.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^::error file=a\.incept,line=3,col=\d+,title=diff\/filters-changed::/),
    "::error title=inceptc review::Tiny: fails because of --fail-on weights",
    "::notice title=inceptc review::1 network differs; 1 network fails",
  ]);
});
