import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildPicture } from "../../../../src/compiler/emit/picture/build-picture.ts";
import { listNodes } from "../../../../src/compiler/emit/picture/find-nodes.ts";
import { findGroups, rootScope } from "../../../../src/compiler/emit/picture/folding.ts";
import type { Picture } from "../../../../src/compiler/emit/picture/picture.ts";
import { walk } from "../../../../src/compiler/ir/walk.ts";
import {
  checkedNetworks,
  checkedSpec,
  checkedStatements,
  checkedText,
  REPOSITORY,
} from "../../../support/checked-networks.ts";

const specs = ["specs", "specs/zoo"].flatMap((folder) =>
  readdirSync(join(REPOSITORY, folder))
    .filter((name) => name.endsWith(".incept") && name !== "variants.incept")
    .map((name) => `${folder}/${name}`),
);

/** `title` of every node of the network's own scope, points left out. */
function titles(picture: Picture): readonly string[] {
  return rootScope(picture)
    .nodes.map(({ title, times }) => (times > 1 ? `${times} × ${title}` : title))
    .filter((title) => title !== "");
}

describe.each(specs)("%s", (spec) => {
  const networks = checkedNetworks(spec);

  test("has every layer at its path, and no path that the network has not", () => {
    for (const checked of networks) {
      const picture = buildPicture(checked);
      const paths = new Set<string>();
      walk(checked.root, ({ node }, path) => {
        paths.add(path);
        if (node.kind === "operator") expect(findGroups(picture, path).isFound).toBe(true);
        return true;
      });
      for (const { path } of listNodes(picture)) expect(paths).toContain(path);
    }
  });

  test("costs in all what the network costs", () => {
    for (const checked of networks) {
      const picture = buildPicture(checked);
      const { nodes } = rootScope(picture);
      expect(nodes.reduce((all, { macs }) => all + macs, 0)).toBe(picture.macs);
      expect(nodes.reduce((all, { params }) => all + params, 0)).toBe(picture.params);
    }
  });

  test("flows: every block is reached from the input and has one way in for each edge", () => {
    for (const { nodes, edges } of networks.flatMap((one) => buildPicture(one).scopes)) {
      const reached = new Set([0]);
      // Edges are in the order of the flow, but for those that go round a body.
      for (let size = 0; size < reached.size; ) {
        size = reached.size;
        for (const { from, to } of edges) if (reached.has(from)) reached.add(to);
      }
      expect([...reached].sort((a, b) => a - b)).toEqual([...nodes.keys()]);
      nodes.forEach(({ kind }, index) => {
        const ways = edges.filter(({ to }) => to === index).length;
        const isJoin = kind === "concat" || kind === "sum" || kind === "scale_by";
        if (index === 0) expect(ways).toBe(0);
        else if (isJoin) expect(ways).toBeGreaterThan(1);
        else expect(ways).toBe(1);
      });
    }
  });
});

describe("what is drawn of", () => {
  test("Inception-v4 is the paper's figure 9", () => {
    const picture = buildPicture(checkedSpec("specs/inception-v4.incept", "InceptionV4"));
    const blocks = ["StemV4", "4 × InceptionA", "ReductionA", "7 × InceptionB", "ReductionB"];
    const all = ["input", ...blocks, "3 × InceptionC", "head", "output"];
    expect(titles(picture)).toEqual(all);
  });

  test("a residual is a sum, with its factor on the way from the body", () => {
    const picture = buildPicture(checkedStatements("  r: residual(scale=0.5) { conv 3x3 3 }"));
    const { nodes, edges } = rootScope(picture);
    const sum = nodes.findIndex(({ kind }) => kind === "sum");
    const ways = edges.filter(({ to }) => to === sum);
    expect(ways.map(({ from, factor }) => [nodes[from]?.kind, factor])).toEqual([
      ["split", ""],
      ["operator", "×0.5"],
    ]);
  });

  test("a join of one branch is the branch", () => {
    const picture = buildPicture(checkedStatements("  concat { | conv 3x3 4 }"));
    expect(titles(picture)).toEqual(["input", "3×3 conv", "output"]);
  });

  test("a repeat whose instances differ is one block, and runs of equal ones in it", () => {
    const picture = buildPicture(checkedStatements("  r: 4 x (i) conv 3x3 (i == 0 ? 4 : 8)"));
    const repeat = rootScope(picture).nodes.find(({ kind }) => kind === "group");
    const inside = picture.scopes[repeat?.group?.scope ?? -1];
    expect([repeat?.times, repeat?.title]).toEqual([4, "r"]);
    const runs = inside?.nodes.filter(({ kind }) => kind === "operator");
    expect(runs?.map(({ path, times }) => [path, times])).toEqual([
      ["0.conv", 1],
      ["1.conv", 3],
    ]);
  });

  test("instances that differ in shapes alone are one, with the costs of all", () => {
    const grow = "concat { | identity | conv 3x3 4 }";
    const checked = checkedText(`module Grow { ${grow} }\nnetwork N { input 8x8x3 r: 3 x Grow }`);
    const picture = buildPicture(checked);
    const [repeat] = rootScope(picture).nodes.filter(({ kind }) => kind === "group");
    expect(repeat).toMatchObject({
      times: 3,
      title: "Grow",
      note: "shapes of the first",
      input: "8×8×3",
      output: "8×8×15",
      params: picture.params,
      macs: 9 * 4 * 64 * (3 + 7 + 11),
    });
    const same = buildPicture(
      checkedText("module M { conv 3x3 3 }\nnetwork N { input 8x8x3 r: 3 x M }"),
    );
    expect(rootScope(same).nodes.map(({ note }) => note)).not.toContain("shapes of the first");
  });

  test("an auxiliary head ends in an output of its own, and the trunk goes on", () => {
    const head = "aux side { globalavgpool -> dense 4 }";
    const picture = buildPicture(checkedStatements(`  conv 3x3 4\n  ${head}\n  conv 3x3 5`));
    expect(titles(picture)).toEqual(["input", "3×3 conv", "side", "3×3 conv", "output"]);
    const outputs = picture.scopes.flatMap(({ nodes }) =>
      nodes.filter((one) => one.kind === "output"),
    );
    expect(outputs.map(({ title }) => title)).toEqual(["side", "output"]);
  });

  test("an operator is its operands and what is unusual of it", () => {
    const picture = buildPicture(
      checkedStatements(
        "  conv 3x1 8 /2 valid linear\n  dwconv 3x3 norm=none\n  globalavgpool\n  dense 4",
      ),
    );
    const shown = rootScope(picture).nodes.filter(({ kind }) => kind === "operator");
    expect(shown.map(({ title, note }) => `${title} ${note}`.trim())).toEqual([
      "3×1 conv 8 /2 valid linear",
      "3×3 dwconv norm=none",
      "globalavgpool",
      "dense 4",
    ]);
  });
});

describe("marks", () => {
  const network = checkedStatements(
    "  a: 3 x { conv 3x3 3 }\n  b: concat { | left: conv 1x1 2 -> conv 3x3 2 | right: conv 1x1 3 }",
  );
  const marked = (
    path: string,
    mark: "added" | "removed" | "changed",
  ): ReadonlyMap<string, string | null> => {
    const picture = buildPicture(network, new Map([[path, mark]]));
    return new Map([...listNodes(picture)].map((one) => [one.path, one.node.mark]));
  };

  test("lie on the part, and what is around it has changed", () => {
    const marks = marked("a.1.conv", "added");
    expect(marks.get("a")).toBe("changed");
    expect(marks.get("a.1.conv")).toBe("added");
    expect(marks.get("b.concat") ?? null).toBe(null);
  });

  test("part the instances of a repeat that are not marked alike", () => {
    const picture = buildPicture(network, new Map([["a.1.conv", "changed"]]));
    const paths = [...listNodes(picture)].map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["a.0.conv", "a.1.conv", "a.2.conv"]));
    const plain = [...listNodes(buildPicture(network))].map(({ path }) => path);
    expect(plain).not.toContain("a.1.conv");
  });

  test("on what is not drawn lie on all that is in it", () => {
    const marks = marked("b.left", "removed");
    const inside = [...marks].filter(([path]) => path.startsWith("b.left."));
    expect(inside.length).toBe(2);
    expect(inside.map(([, mark]) => mark)).toEqual(["removed", "removed"]);
  });

  test("on a part of a layer lie on the layer", () => {
    expect(marked("a.0.conv.batchnorm", "changed").get("a.0.conv")).toBe("changed");
  });
});
