/** Holds every number of every specs/**\/*.figures.json against what the compiler counts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { indexBlocks } from "../../src/compiler/cost/list-blocks.ts";
import { createCostMeter, macsOf } from "../../src/compiler/cost/measure-cost.ts";
import type { ShapedNode } from "../../src/compiler/ir/shaped.ts";
import { checkedNetworks, REPOSITORY } from "../support/checked-networks.ts";

interface BlockFigures {
  readonly path: string;
  readonly params: number;
  readonly nonTrainable: number;
  readonly macs: number;
  readonly convs?: number;
  readonly shape?: readonly number[];
}

interface PublishedFigure {
  readonly quantity: "trainable" | "total" | "macs";
  readonly value: number;
  readonly unit?: number;
  readonly relativeTolerance?: number;
  readonly source: string;
}

interface NetworkFigures {
  readonly source: string;
  readonly measured: boolean;
  readonly alsoEqual?: unknown;
  readonly notes?: string;
  readonly input: readonly number[];
  readonly params: {
    readonly trainable: number;
    readonly nonTrainable: number;
    readonly total: number;
  };
  readonly macs: number;
  readonly convs?: number;
  readonly stages: readonly { readonly path: string; readonly shape: readonly number[] }[];
  readonly modules?: readonly BlockFigures[];
  readonly aux?: readonly BlockFigures[];
  readonly published?: readonly PublishedFigure[];
}

const KNOWN_FIELDS = new Set([
  ...["source", "measured", "alsoEqual", "notes", "input", "params", "macs", "convs"],
  ...["stages", "modules", "aux", "published"],
]);

const FILES = readdirSync(join(REPOSITORY, "specs"), { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".figures.json"))
  .map((file) => join("specs", file))
  .sort();

describe.each(FILES)("%s", (file) => {
  const figures = readFigures(file);
  const networks = new Map(
    checkedNetworks(file.replace(/\.figures\.json$/, ".incept")).map((checked) => [
      checked.architecture.name,
      checked,
    ]),
  );

  it.each(Object.entries(figures))("%s", (name, published) => {
    const checked = networks.get(name);
    if (!checked)
      throw new Error(`${file} has figures of ${name}, and the spec has no such network`);
    expect(Object.keys(published).filter((field) => !KNOWN_FIELDS.has(field))).toEqual([]);
    const { architecture, root } = checked;
    const meter = createCostMeter();
    const blocks = indexBlocks(root);
    const blockAt = (path: string): ShapedNode => {
      const block = blocks.get(path);
      if (!block) throw new Error(`${name} has no block at ${path}`);
      return block;
    };
    const countsOf = (block: ShapedNode) => {
      const { params, convs, primitives } = meter(block);
      return {
        params: params.trainable,
        nonTrainable: params.nonTrainable,
        macs: macsOf(primitives),
        convs,
      };
    };

    // Auxiliary heads have figures of their own; all others leave them out.
    const heads = [...blocks.values()].filter(({ node }) => node.kind === "aux").map(countsOf);
    const whole = heads.reduce(
      (rest, head) => ({
        params: rest.params - head.params,
        nonTrainable: rest.nonTrainable - head.nonTrainable,
        macs: rest.macs - head.macs,
        convs: rest.convs - head.convs,
      }),
      countsOf(root),
    );
    const ours = {
      input: architecture.input,
      params: {
        trainable: whole.params,
        nonTrainable: whole.nonTrainable,
        total: whole.params + whole.nonTrainable,
      },
      macs: whole.macs,
      ...(published.convs === undefined ? {} : { convs: whole.convs }),
    };
    const { input, params, macs, convs } = published;
    expect(ours).toEqual({ input, params, macs, ...(convs === undefined ? {} : { convs }) });

    const stages = published.stages.map(({ path }) => ({ path, shape: blockAt(path).output }));
    expect(stages).toEqual(published.stages);

    for (const rows of [published.modules ?? [], published.aux ?? []]) {
      const counted = rows.map(({ path, convs: rowConvs, shape }) => {
        const { convs: ownConvs, ...counts } = countsOf(blockAt(path));
        return {
          path,
          ...counts,
          ...(rowConvs === undefined ? {} : { convs: ownConvs }),
          ...(shape === undefined ? {} : { shape: blockAt(path).output }),
        };
      });
      expect(counted).toEqual(rows);
    }

    for (const figure of published.published ?? []) {
      const actual = { ...ours.params, macs: ours.macs }[figure.quantity];
      expect(agrees(actual, figure), `${figure.source}: ${figure.value}, we count ${actual}`).toBe(
        true,
      );
    }
  });
});

it("finds figures beside every kind of spec", () => {
  expect(FILES.length).toBeGreaterThanOrEqual(14);
});

/** Exactly, or to the decimals that are given, or within the tolerance. */
function agrees(actual: number, { value, unit, relativeTolerance }: PublishedFigure): boolean {
  if (unit === undefined) return actual === value;
  const inUnit = actual / unit;
  if (relativeTolerance !== undefined) return Math.abs(inUnit - value) <= relativeTolerance * value;
  const decimals = String(value).split(".")[1]?.length ?? 0;
  return inUnit.toFixed(decimals) === value.toFixed(decimals);
}

function readFigures(file: string): Readonly<Record<string, NetworkFigures>> {
  const { format, networks } = JSON.parse(readFileSync(join(REPOSITORY, file), "utf8"));
  expect(format).toBe(1);
  return networks;
}
