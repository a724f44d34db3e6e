/** Checks that action.yml, the script that it starts and the page about it agree on the inputs. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { INPUTS, variableOf } from "../../src/action/inputs.ts";
import { createFolder } from "../cli/support/run-in-folder.ts";

interface ActionFile {
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default: string }>
  >;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id?: string;
      readonly shell: string;
      readonly env: Readonly<Record<string, string>>;
      readonly run: string;
    }[];
  };
}

interface WorkflowFile {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses: string; readonly with: object }[] }>
  >;
}

const action: ActionFile = parse(readFileSync("action/action.yml", "utf8"));
const page = readFileSync("docs/github-action.md", "utf8");
const [install, start] = action.runs.steps;

test("every input of action.yml reaches the script, or says which script, and nothing else does", () => {
  const { SCRIPT, ...inputs } = start?.env ?? {};
  expect(SCRIPT).toBe("${" + "{ steps.inceptc.outputs.script }}");
  const expected = INPUTS.map((name) => [variableOf(name), `\${{ inputs.${name} }}`]);
  expect(inputs).toEqual(Object.fromEntries(expected));
  expect(install?.env.VERSION).toBe("${" + "{ inputs.version }}");
  expect(Object.keys(action.inputs).sort()).toEqual([...INPUTS, "version"].sort());
});

test("no script holds what a workflow says: it comes in the environment, where it is no code", () => {
  expect(action.runs.using).toBe("composite");
  for (const { run, shell } of action.runs.steps) {
    expect(run).not.toContain("${" + "{");
    expect(shell).toBe("bash");
  }
});

test("the page lists every input with its default", () => {
  const rows = [...page.matchAll(/^\| (`[^|]*) \| ([^|]*) \|/gm)];
  const listed = rows.flatMap(([, names = "", value = ""]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(
      ([, name = ""]) => [name, value.replaceAll("`", "")] as const,
    ),
  );
  const defaults = new Map(listed);
  for (const [name, input] of Object.entries(action.inputs)) {
    expect(input.description, name).toMatch(/^\S.*\.$/);
    const shown = defaults.get(name);
    if (input.default === "" || input.default.startsWith("$"))
      expect(shown, name).toMatch(/^(none|that of the \w+)$/);
    else expect(shown, name).toBe(input.default);
  }
  expect([...defaults.keys()].sort()).toEqual(Object.keys(action.inputs).sort());
});

test("the workflow on the page asks for no more than it needs, and names inputs that there are", () => {
  const [, text = ""] = /^```yaml\n(.*?)^```$/ms.exec(page) ?? [];
  const workflow: WorkflowFile = parse(text);
  expect(workflow.permissions).toEqual({ contents: "read", "pull-requests": "write" });
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
  const checkout = steps.find(({ uses }) => uses.startsWith("actions/checkout@"));
  expect(checkout?.with).toEqual({ "fetch-depth": 0 });
  const own = steps.find(({ uses }) => /\/action@/.test(uses));
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(own?.with ?? {})));
});

/** Runs the first step with an npm that writes down what it is asked for, and builds by making the file. */
function runInstall(
  version: string,
  isBuilt: boolean,
): { readonly script: string; readonly npm: string } {
  const folder = createFolder();
  const asked = join(folder, "asked");
  const output = join(folder, "output");
  const checkout = join(folder, "inceptc");
  const bin = join(folder, "bin");
  for (const path of [bin, join(checkout, "dist"), join(checkout, "action")]) {
    mkdirSync(path, { recursive: true });
  }
  writeFileSync(asked, "");
  if (isBuilt) writeFileSync(join(checkout, "dist/action.mjs"), "");
  writeFileSync(
    join(bin, "npm"),
    `#!/bin/sh\necho "$*" >> '${asked}'\n[ "$1" = run ] && : > dist/action.mjs\nexit 0\n`,
  );
  chmodSync(join(bin, "npm"), 0o755);
  execFileSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", install?.run ?? ""], {
    cwd: folder,
    env: {
      PATH: `${bin}:${process.env.PATH}`,
      VERSION: version,
      CHECKOUT: join(checkout, "action/.."),
      RUNNER_TEMP: join(folder, "temp"),
      GITHUB_OUTPUT: output,
    },
  });
  const short = (text: string): string => text.replaceAll(folder, "FOLDER");
  return {
    script: short(readFileSync(output, "utf8")),
    npm: short(readFileSync(asked, "utf8")),
  };
}

test("the script is the one beside action.yml, built where it is not yet", () => {
  const script = "script=FOLDER/inceptc/dist/action.mjs\n";
  expect(runInstall("", true)).toEqual({ script, npm: "" });
  expect(runInstall("", false)).toEqual({
    script,
    npm: "ci --ignore-scripts --no-audit --no-fund\nrun build\n",
  });
});

test("a version is installed apart, and is one word to npm whatever it says", () => {
  const { script, npm } = runInstall("0.1.0; touch stolen", true);
  expect(script).toBe("script=FOLDER/temp/inceptc/node_modules/inceptc/dist/action.mjs\n");
  expect(npm).toBe(
    "install --ignore-scripts --no-audit --no-fund --prefix FOLDER/temp/inceptc inceptc@0.1.0; touch stolen\n",
  );
  expect(existsSync("stolen")).toBe(false);
});

test("the build has the script", () => {
  expect(readFileSync("tsdown.config.ts", "utf8")).toContain('action: "src/action/main.ts"');
});
