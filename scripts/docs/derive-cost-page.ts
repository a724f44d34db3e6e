/** Computes the tables of docs/cost.md from the conventions and the specs; the prose in between is written by hand. */
import { join } from "node:path";
import { formatBytes, formatExact } from "../../src/compiler/core/format-count.ts";
import { formatShape } from "../../src/compiler/core/format-shape.ts";
import { COUNT_GROUPS, type Convention } from "../../src/compiler/cost/conventions/convention.ts";
import { formatRule } from "../../src/compiler/cost/conventions/format-rule.ts";
import { CONVENTIONS, type ConventionName } from "../../src/compiler/cost/conventions/registry.ts";
import {
  BATCH_NORM_VIEWS,
  type NetworkReport,
  type ReportRequest,
  renderDiagnostics,
  report,
} from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { type DerivedFile, readRepositoryFile } from "../derived-file.ts";
import { renderTable } from "./markdown-table.ts";
import { replaceSection } from "./replace-section.ts";

const PATH = "docs/cost.md";
const ROOT = join(import.meta.dirname, "../..");

const NETWORKS = [
  { title: "Inception-v4", path: "specs/inception-v4.incept", network: "InceptionV4Timm" },
  {
    title: "Inception-ResNet-v2",
    path: "specs/inception-resnet-v2.incept",
    network: "InceptionResNetV2Timm",
  },
] as const;

type Subject = (typeof NETWORKS)[number];

/** Conventions whose tools were run, with what the tool calls its number. */
const RUN_TOOLS: readonly (readonly [name: ConventionName, tool: string])[] = [
  ["torch", "torch `FlopCounterMode`, FLOPs"],
  ["mac", "calflops, MACs"],
  ["calflops", "calflops, FLOPs"],
  ["torchinfo", "torchinfo, mult-adds"],
  ["ptflops-aten", "ptflops `aten`, MACs"],
  ["ptflops", "ptflops `pytorch`, MACs"],
  ["fvcore", "fvcore, flops (timm's GMACs)"],
  ["thop", "thop, MACs"],
  ["torch-scan", "torch-scan, MACs"],
  ["torch-scan-flops", "torch-scan, FLOPs by module"],
  ["onnx-tool", "onnx-tool, MACs"],
];

/** The page with its tables written anew. */
export function deriveCostPage(): DerivedFile {
  const sections = {
    conventions: renderConventions(),
    remarks: renderRemarks(),
    totals: renderTotals(),
    views: renderViews(),
    groups: renderGroups(),
    measures: renderMeasures(),
  };
  const text = Object.entries(sections).reduce(
    (page, [name, lines]) => replaceSection(PATH, page, name, lines),
    readRepositoryFile(PATH),
  );
  return { path: PATH, text };
}

function conventions(): readonly Convention[] {
  return Object.values<Convention>(CONVENTIONS);
}

function renderConventions(): readonly string[] {
  return renderTable(
    ["convention", "its word", "rule"],
    conventions().map((convention) => [
      `\`${convention.name}\``,
      convention.word,
      formatRule(convention),
    ]),
  );
}

function renderRemarks(): readonly string[] {
  return conventions().map(({ name, doc }) => `- \`${name}\`: ${doc}`);
}

function renderTotals(): readonly string[] {
  const rows = RUN_TOOLS.map(([name, tool]) => {
    const counts = NETWORKS.map((subject) => {
      const { convention } = reportOn(subject, { convention: name });
      if (!convention) throw new Error(`${name} gave no count`);
      const { count, countWithFusedNorm } = convention;
      return { count, fused: countWithFusedNorm ?? count };
    });
    return [
      `\`${name}\``,
      tool,
      ...counts.map(({ fused }) => formatExact(fused)),
      ...counts.map(({ count, fused }) => (count === fused ? "–" : formatExact(count))),
    ];
  });
  return [
    ...renderTable(
      [
        "convention",
        "tool, its word",
        ...NETWORKS.map(({ title }) => title),
        ...NETWORKS.map(({ title }) => `${title}, plain`),
      ],
      rows,
      ["left", "left", "right", "right", "right", "right"],
    ),
    "",
    ...renderUnscaledBlock(),
  ];
}

/** timm multiplies by a scale of 1 where specs have none. */
function renderUnscaledBlock(): readonly string[] {
  const { modules } = reportOn(NETWORKS[1], {});
  const last = modules.findLast(({ module }) => module.includes("InceptionResNetV2C"));
  if (!last) throw new Error("Inception-ResNet-v2 has no block C");
  const elements = last.outputShape.reduce((all, side) => all * side, 1);
  return [
    `timm's last residual block has a scale of 1 and multiplies by it, the specification says nothing there: onnx-tool, which`,
    `counts products, prints ${formatExact(elements)} more for timm's Inception-ResNet-v2.`,
  ];
}

function renderViews(): readonly string[] {
  const [subject] = NETWORKS;
  const names: readonly ConventionName[] = ["mac", "flop", "fvcore", "onnx-tool"];
  return renderTable(
    [subject.title, ...BATCH_NORM_VIEWS],
    names.map((convention) => [
      `\`${convention}\``,
      ...BATCH_NORM_VIEWS.map((batchNorm) =>
        formatExact(reportOn(subject, { convention, batchNorm }).convention?.count ?? Number.NaN),
      ),
    ]),
    ["left", ...BATCH_NORM_VIEWS.map(() => "right" as const)],
  );
}

function renderGroups(): readonly string[] {
  return renderTable(
    ["group", "primitives"],
    Object.entries(COUNT_GROUPS).map(([group, primitives]) => [
      `\`${group}\``,
      primitives.map((name) => `\`${name}\``).join(", "),
    ]),
  );
}

function renderMeasures(): readonly string[] {
  const reports = NETWORKS.map((subject) => reportOn(subject, {}));
  const row = (name: string, read: (report: NetworkReport) => string): readonly string[] => [
    name,
    ...reports.map(read),
  ];
  const square = ({ minInput }: NetworkReport): string =>
    minInput === null ? "–" : formatShape([minInput, minInput]);
  return renderTable(
    ["timm's, at 299×299×3", ...NETWORKS.map(({ title }) => title)],
    [
      row("parameters", ({ params }) => formatExact(params.total)),
      row("of them trainable", ({ params }) => formatExact(params.trainable)),
      row("MACs", ({ macs }) => formatExact(macs)),
      row("FLOPs", ({ flops }) => formatExact(flops)),
      row("activations", ({ activations }) => formatExact(activations.elements)),
      row("peak memory, batch 1, float32", ({ activations }) => formatBytes(activations.peakBytes)),
      row("convolutions", ({ convs }) => formatExact(convs)),
      row("depth", ({ depth }) => formatExact(depth)),
      row("receptive field", ({ receptiveFieldGeometry }) =>
        formatShape(receptiveFieldGeometry?.size ?? []),
      ),
      row("smallest input", square),
    ],
    ["left", "right", "right"],
  );
}

function reportOn({ path, network }: Subject, options: ReportRequest): NetworkReport {
  const host = createNodeHost({ cwd: ROOT, root: ROOT });
  const result = report({ path, host }, { ...options, network });
  if (!result.report) throw new Error(renderDiagnostics(result.diagnostics));
  return result.report;
}
