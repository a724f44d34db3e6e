/** Holds the form of `compile --target ir` to its version: whoever reads version 1 finds these fields in every node. */
import { expect, test } from "vitest";
import { compile } from "../../../src/compiler/index.ts";
import type { JsonArchitecture, JsonNode } from "../../../src/compiler/ir/architecture-json.ts";
import { EVERY_CONSTRUCT } from "../../support/every-construct.ts";

const EVERY_NODE = ["kind", "path", "at", "input", "output", "children"];

/** What a node has beside that, by its kind. */
const OWN: Readonly<Record<JsonNode["kind"], readonly string[]>> = {
  sequence: [],
  operator: ["operator", "attributes"],
  concat: [],
  sum: [],
  split: [],
  residual: ["scale"],
  scale_by: [],
  factor: ["kernel"],
  repeat: [],
  call: ["module", "arguments"],
  aux: [],
  hole: [],
};

/** Only in nodes that have something to say there. */
const MAY_LACK: ReadonlySet<string> = new Set(["options", "drop"]);

async function jsonOf(text: string): Promise<JsonArchitecture> {
  const { files } = await compile(text, { target: "ir" });
  return JSON.parse(String(files[0]?.content));
}

function nodesOf(node: JsonNode): readonly JsonNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

test("the architecture has its version and these fields", async () => {
  const architecture = await jsonOf(EVERY_CONSTRUCT);
  expect(architecture.formatVersion).toBe(1);
  expect(Object.keys(architecture)).toEqual([
    "formatVersion",
    "network",
    "base",
    "doc",
    "input",
    "parameters",
    "preprocess",
    "budgets",
    "body",
  ]);
});

test("every kind of node has the fields of its kind", async () => {
  const nodes = nodesOf((await jsonOf(EVERY_CONSTRUCT)).body);
  for (const node of nodes) {
    const fields = Object.keys(node).filter((key) => !MAY_LACK.has(key));
    expect(fields.toSorted(), node.path).toEqual([...EVERY_NODE, ...OWN[node.kind]].toSorted());
    expect(node.at).toMatch(/:\d+:\d+$/);
  }
  const kinds = Object.keys(OWN).filter((kind) => kind !== "hole");
  expect([...new Set(nodes.map(({ kind }) => kind))].toSorted()).toEqual(kinds.toSorted());
});

test("attributes that follow a parameter of the network say how", async () => {
  const nodes = nodesOf((await jsonOf(EVERY_CONSTRUCT)).body);
  const dense = nodes.find(({ path }) => path === "head.dense_1");
  expect(dense?.options).toEqual({ units: { kind: "parameter", name: "classes" } });
});
