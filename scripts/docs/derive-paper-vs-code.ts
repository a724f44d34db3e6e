/**
 * Writes docs/paper-vs-code.md: comparisons of published networks with their papers and other implementations. The
 * sentence about each pair is written here; every row and number comes from the comparison.
 */
import { join } from "node:path";
import { formatBytes, formatExact } from "../../src/compiler/core/format-count.ts";
import {
  analyze,
  type CountDelta,
  compareNetworks,
  type FindingGroup,
  groupFindings,
  type NetworkDiff,
  renderDiagnostics,
} from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import type { DerivedFile } from "../derived-file.ts";
import { findFigures, formatFigures } from "./find-figures.ts";
import { renderTable } from "./markdown-table.ts";

const PATH = "docs/paper-vs-code.md";
/** Places of one difference that are named; how many there are beyond is said. */
const MAX_PLACES = 6;
const ROOT = join(import.meta.dirname, "../..");

interface Pair {
  readonly title: string;
  /** What a reader should look at, and in which figures (arXiv 1602.07261 unless another is named). */
  readonly remark: string;
  /** The figure that draws all of BASE, where BASE is what a paper draws. */
  readonly figure?: number;
  readonly base: readonly [path: string, network: string];
  readonly head: readonly [path: string, network: string];
}

const PAIRS: readonly Pair[] = [
  {
    title: "Inception-ResNet-v2: the paper against the released code",
    remark:
      "Figures 3, 7 and 15 to 19 draw BASE, with the repair described in the specification's comment. The released network is different: it has the stem of Inception-v3, and twice as many residual blocks.",
    figure: 15,
    base: ["specs/inception-resnet-v2-paper.incept", "InceptionResNetV2Paper"],
    head: ["specs/inception-resnet-v2.incept", "InceptionResNetV2"],
  },
  {
    title: "Inception-v4: the paper's figures against the code",
    remark:
      "The figures print long kernels in a different order than the code, and figure 5 prints 1x7 twice where the code has 1x7 and 7x1. The counts are the same; no checkpoint of one fits the other.",
    figure: 9,
    base: ["specs/inception-v4.incept", "InceptionV4Paper"],
    head: ["specs/inception-v4.incept", "InceptionV4"],
  },
  {
    title: "Inception-ResNet-v1: the paper against facenet",
    remark:
      "Figures 7 and 10 to 15 draw BASE, a classifier at 299×299; facenet's network makes embeddings of faces, and has a last block that is not drawn.",
    figure: 15,
    base: ["specs/inception-resnet-v1.incept", "InceptionResNetV1"],
    head: ["specs/inception-resnet-v1.incept", "InceptionResNetV1Facenet"],
  },
  ...(["v3", "v4", "resnet-v2"] as const).map((version): Pair => {
    const path = `specs/inception-${version}.incept`;
    const network = { v3: "InceptionV3", v4: "InceptionV4", "resnet-v2": "InceptionResNetV2" };
    return {
      title: `Inception-${version === "resnet-v2" ? "ResNet-v2" : version}: TF-slim against timm`,
      remark: `Two implementations of one network: what matters when weights are ported.${version === "v3" ? " TF-slim's classifier is a 1x1 convolution with the numbers of a dense layer." : ""}`,
      base: [path, version === "v3" ? "InceptionV3Slim" : network[version]],
      head: [path, `${network[version]}Timm`],
    };
  }),
];

/** The whole page. */
export function derivePaperVsCode(): DerivedFile {
  const lines = [
    "# The paper and the code",
    "",
    "Where the drawings of Inception networks and their published code differ, found by [`inceptc diff`](diff.md). Figures are",
    "those of arXiv 1602.07261, as the comments of the specifications name them. This page is written by `npm run generate:docs`.",
    ...PAIRS.flatMap(renderPair),
    "",
  ];
  return { path: PATH, text: lines.join("\n") };
}

function renderPair({ title, remark, figure, base, head }: Pair): readonly string[] {
  const [one, other] = [checkedNetwork(base), checkedNetwork(head)];
  const { diff } = compareNetworks(one, other);
  const figureOf = figure === undefined ? undefined : findFigures(one, other, figure);
  const groups = groupFindings(diff.findings.filter(({ class: of }) => of !== "cosmetic"));
  return [
    "",
    `## ${title}`,
    "",
    remark,
    "",
    "```",
    `inceptc diff ${base.join(":")} ${head.join(":")}`,
    "```",
    "",
    ...renderTable(
      ["class", "what differs", "where", ...(figureOf ? ["figure"] : [])],
      groups.map((group) => [
        ...renderGroup(group),
        ...(figureOf ? [formatFigures(group.paths.map(figureOf))] : []),
      ]),
    ),
    "",
    weightSentence(diff),
    "",
    ...renderTable(
      ["", "BASE", "HEAD", "difference"],
      [
        renderCount("parameters", diff.cost.params, formatExact),
        renderCount("MACs", diff.cost.macs, formatExact),
        renderCount("peak memory", diff.cost.peakBytes, formatBytes),
      ],
      ["left", "right", "right", "right"],
    ),
  ];
}

function renderGroup({ finding, paths }: FindingGroup): readonly string[] {
  const named = paths.filter((path) => path !== "").map((path) => `\`${path}\``);
  const rest = named.length - MAX_PLACES;
  const more = rest > 0 ? ` and ${formatExact(rest)} more` : "";
  const where =
    named.length > 0 ? `${named.slice(0, MAX_PLACES).join(", ")}${more}` : "the network";
  const cell = (text: string): string => text.replace(/[|<>*_]/g, "\\$&");
  return [finding.class, cell(finding.message), where];
}

function weightSentence({ weights }: NetworkDiff): string {
  const { verdict, matched, permuted, headTensors, bytesReusable, bytesTotal } = weights;
  const fitting = formatExact(matched.length + permuted.length);
  return `Weights: **${verdict}**. ${fitting} of ${formatExact(headTensors)} tensors of HEAD can be had from BASE, ${formatBytes(bytesReusable)} of ${formatBytes(bytesTotal)}.`;
}

function renderCount(
  name: string,
  { base, head, delta }: CountDelta,
  format: (count: number) => string,
): readonly string[] {
  const show = (count: number | null): string => (count === null ? "–" : format(count));
  const sign = delta === null || delta === 0 ? "" : delta > 0 ? "+" : "−";
  return [name, show(base), show(head), delta === null ? "–" : `${sign}${format(Math.abs(delta))}`];
}

function checkedNetwork([path, network]: Pair["base"]) {
  const host = createNodeHost({ cwd: ROOT, root: ROOT });
  const { checked, diagnostics } = analyze({ path, host }, { network }, "first");
  if (diagnostics.some(({ severity }) => severity === "error")) {
    throw new Error(renderDiagnostics(diagnostics));
  }
  const [found] = checked();
  if (!found) throw new Error(`${path} has no network ${network}`);
  return found;
}
