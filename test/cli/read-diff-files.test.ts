/** Tests that a map of paths or a list of approvals in another form is refused, and that what is wrong is said. */
import { describe, expect, test } from "vitest";
import { createFolder, runIn, TINY } from "./support/run-in-folder.ts";

async function diffWith(option: "--map" | "--approvals", content: string) {
  const folder = createFolder({ "net.incept": TINY, "given.json": content });
  return runIn(folder, ["diff", "net.incept", "net.incept", option, "given.json"]);
}

function versioned(fields: string): string {
  return `{ "formatVersion": 1${fields === "" ? "" : ", "}${fields} }`;
}

describe.each([
  ["no JSON", "{", "given.json is not JSON: "],
  ["a list", "[]", "it must contain one JSON object"],
  ["another version", '{ "formatVersion": 2 }', '"formatVersion" must be 1'],
])("%s", (_, content, says) => {
  test.each(["--map", "--approvals"] as const)("is refused by %s", async (option) => {
    const { exitCode, stdout, stderr } = await diffWith(option, content);
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(says);
  });
});

test.each([
  ["--map", "", '"map" must be an object of paths'],
  ["--map", '"map": ["a"]', '"map" must be an object of paths'],
  ["--map", '"map": { "a": 1 }', '"a" must be mapped to a path or a list of paths'],
  ["--map", '"map": { "a": ["b", 1] }', '"a" must be mapped to a path or a list of paths'],
  ["--approvals", "", '"approved" must be a list'],
  ["--approvals", '"approved": ["0123456789ab", "x"]', 'entry 2 of "approved" has no fingerprint'],
  ["--approvals", '"approved": [{ "reason": "y" }]', 'entry 1 of "approved" has no fingerprint'],
] as const)("%s with %s is refused", async (option, fields, says) => {
  const { exitCode, stderr } = await diffWith(option, versioned(fields));
  expect(exitCode).toBe(3);
  expect(stderr).toContain("given.json does not have the expected form: ");
  expect(stderr).toContain(says);
});

test.each([
  ["--map", '"map": { "stem": "stem", "head": ["body", "head"] }'],
  ["--approvals", '"approved": ["0123456789ab", { "fingerprint": "ba9876543210", "reason": "y" }]'],
] as const)("%s with %s is read", async (option, fields) => {
  expect((await diffWith(option, versioned(fields))).exitCode).toBe(0);
});
