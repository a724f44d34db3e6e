import { describe, expect, test } from "vitest";
import {
  emitPicture,
  PICTURE_FORMATS,
  type PictureOptions,
} from "../../../../src/compiler/emit/picture/emit-picture.ts";
import type { Mark } from "../../../../src/compiler/emit/picture/picture.ts";
import { analyze } from "../../../../src/compiler/index.ts";
import type { CheckedArchitecture } from "../../../../src/compiler/ir/shaped.ts";
import { checkedSpec, checkedText } from "../../../support/checked-networks.ts";
import { createMemoryHost } from "../../../support/memory-host.ts";
import { elementsOf, parseXml, type XmlElement } from "../../../support/parse-xml.ts";

const v4 = checkedSpec("specs/inception-v4.incept", "InceptionV4");

function draw(
  checked: CheckedArchitecture,
  options: PictureOptions = {},
  marks: Readonly<Record<string, Mark>> = {},
): string {
  const result = emitPicture([{ checked, marks: new Map(Object.entries(marks)) }], options);
  if (result.kind !== "drawn") throw new Error(result.kind);
  return result.text;
}

function elements(svg: string, isWanted: (element: XmlElement) => boolean): readonly XmlElement[] {
  return [...elementsOf(parseXml(svg))].filter(isWanted);
}

const hasClass =
  (name: string) =>
  ({ attributes }: XmlElement): boolean =>
    attributes.class?.split(" ").includes(name) ?? false;

/** A network whose file, documentation and arguments try to leave the text that they are put into. */
const HOSTILE = `</script><script>alert(1)</script>"'&]]>--><img src=x onerror=alert(1)>\\"\`#;\u{1f4a3}`;
const PATH = `a"><script>alert(1)</script>&.incept`;

function hostileNetwork(): CheckedArchitecture {
  const text = `/// ${HOSTILE}\nmodule M(n: int) { conv 3x3 n -> conv 3x3 n }\n/// ${HOSTILE}\nnetwork N { input 8x8x3 m: M(n=4) r: 3 x M(n=4) }`;
  const [checked] = analyze({ path: PATH, host: createMemoryHost({ [PATH]: text }) }).checked();
  if (!checked) throw new Error("the hostile network has errors");
  return checked;
}

describe.each(PICTURE_FORMATS)("%s", (format) => {
  test("is the same text every time", () => {
    expect(draw(v4, { format, expand: ["a"] })).toBe(draw(v4, { format, expand: ["a"] }));
  });

  test("asks for nothing from elsewhere", () => {
    const urls = draw(v4, { format }).match(/\b(?:https?:)?\/\/[\w.-]+/g) ?? [];
    // The names of XML namespaces are no addresses that are asked.
    expect([...new Set(urls)].filter((url) => url !== "http://www.w3.org")).toEqual([]);
    expect(draw(v4, { format })).not.toMatch(/@import|@font-face|<link|<iframe|src=/);
  });

  test("holds what a file says as text alone", () => {
    const text = draw(hostileNetwork(), { format, expand: ["all"] });
    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain("<img");
    expect(text.match(/<\/script>/g)?.length ?? 0).toBe(format === "html" ? 2 : 0);
  });
});

describe("svg", () => {
  test("is well-formed, and keeps hostile text as it is", () => {
    const svg = draw(hostileNetwork(), { expand: ["all"] });
    const titles = elements(svg, ({ name }) => name === "title").map(({ text }) => text);
    expect(titles.some((title) => title.includes(`${PATH}:2`))).toBe(true);
  });

  test("shows the shape on the edges between blocks", () => {
    const shapes = elements(draw(v4), hasClass("shape")).map(({ text }) => text);
    const trunk = ["35×35×384", "35×35×384", "17×17×1024", "17×17×1024", "8×8×1536", "8×8×1536"];
    expect(shapes.filter((shape) => shape.split("×").length === 3)).toEqual([
      "299×299×3",
      ...trunk,
    ]);
  });

  test("shows cost as heat: level 5 from a fifth of all multiply-adds on", () => {
    const blocks = elements(draw(v4), hasClass("folded"));
    const heat = blocks.map((block) => {
      const box = block.children.filter(({ name }) => name === "rect").at(-1);
      return [block.attributes["data-path"], /heat-(\d)/.exec(box?.attributes.class ?? "")?.[1]];
    });
    // 2.29, 1.55, 1.10, 5.93, 0.51 and 0.87 of 12.25 billion.
    const levels = { stem: "4", a: "4", ra: "3", b: "5", rb: "2", c: "3" };
    expect(Object.fromEntries(heat)).toEqual(levels);
  });

  test("has the dark colours for those who ask, or one theme alone", () => {
    expect(draw(v4)).toContain("@media (prefers-color-scheme: dark)");
    expect(draw(v4, { theme: "light" })).not.toContain("@media");
    expect(draw(v4, { theme: "dark" })).not.toContain("@media");
    expect(draw(v4, { theme: "dark" })).not.toBe(draw(v4, { theme: "light" }));
  });

  test("says a mark by colour and by sign, with a legend", () => {
    const marks = { "ra.pool.maxpool": "removed", stem: "added", b: "changed" } as const;
    const svg = draw(v4, { expand: ["ra"] }, marks);
    const signOf = (path: string): string | undefined => {
      const [node] = elements(svg, ({ attributes }) => attributes["data-path"] === path);
      return node?.children.findLast((child) => child.attributes.class === "sign")?.text;
    };
    expect(["stem", "ra.pool.maxpool", "b", "ra", "a"].map(signOf)).toEqual([
      "+",
      "−",
      "~",
      "~",
      undefined,
    ]);
    const legend = elements(svg, hasClass("legend")).map(({ text }) => text);
    expect(legend).toEqual(expect.arrayContaining(["added", "removed", "changed"]));
    expect(elements(draw(v4), hasClass("sign"))).toEqual([]);
  });

  test("draws two networks side by side", () => {
    const timm = checkedSpec("specs/inception-v4.incept", "InceptionV4Timm");
    const result = emitPicture([{ checked: v4 }, { checked: timm }]);
    const svg = result.kind === "drawn" ? result.text : "";
    const names = elements(svg, hasClass("name")).map(({ text }) => text);
    expect(names).toEqual(["InceptionV4", "InceptionV4Timm (InceptionV4)"]);
    const dropouts = elements(svg, ({ attributes }) => attributes["data-path"] === "head.dropout");
    expect(dropouts).toHaveLength(1);
  });

  test("cuts what is too long for a block", () => {
    const name = `M${"x".repeat(200)}`;
    const long = checkedText(`module ${name} { conv 3x3 4 }\nnetwork N { input 8x8x3 a: ${name} }`);
    const width = Number(parseXml(draw(long)).attributes.width);
    expect(width).toBeLessThan(800);
    expect(draw(long)).toContain("…</text>");
  });
});

describe("dot", () => {
  test("has a cluster for each open group and balanced brackets", () => {
    const dot = draw(v4, { format: "dot", expand: ["a"] });
    expect(dot.match(/subgraph cluster_/g)).toHaveLength(2);
    const bare = dot.replace(/"(?:[^"\\]|\\.)*"/g, '""');
    expect(bare.match(/\{/g)?.length).toBe(bare.match(/\}/g)?.length);
    expect(bare).not.toMatch(/[<>&](?<!->)/);
  });

  test("names both ends of every edge", () => {
    const dot = draw(v4, { format: "dot", expand: ["all"] });
    const nodes = new Set([...dot.matchAll(/^\s*(n\d+) \[/gm)].map(([, id]) => id));
    const ends = [...dot.matchAll(/^\s*(n\d+) -> (n\d+)/gm)].flatMap(([, from, to]) => [from, to]);
    expect(ends.length).toBeGreaterThan(100);
    for (const end of ends) expect(nodes).toContain(end);
  });
});

describe("mermaid", () => {
  test("is a flow chart with a subgraph for each open group", () => {
    const chart = draw(v4, { format: "mermaid", expand: ["a"] });
    expect(chart).toMatch(/^flowchart TB\n/);
    expect(chart.match(/^\s*subgraph /gm)).toHaveLength(2);
    expect(chart.match(/^\s*end$/gm)).toHaveLength(2);
    expect(chart).toContain('"4 × InceptionA"');
    expect(chart).toContain('|"35×35×384"|');
  });

  test("classes are declared for all that is used", () => {
    const chart = draw(v4, { format: "mermaid", expand: ["a"] }, { stem: "added" });
    const used = new Set([...chart.matchAll(/:::(\w+)$/gm)].map(([, name]) => name));
    const declared = [...chart.matchAll(/classDef (\w+)/g)].map(([, name]) => name);
    for (const name of used) expect(declared).toContain(name);
    expect(used).toContain("added");
  });
});
