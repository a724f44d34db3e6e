/** Gives the channels that a layer without weights puts out, from those that it reads. */
import { channelsOf, elementCount, type Shape } from "../../ir/dimension.ts";
import { type Layer, passesInputOn } from "../../ir/layer-graph.ts";
import { channelUse } from "../weights/channel-use.ts";
import type { Atoms, Place } from "./atoms.ts";
import {
  gatherRuns,
  joinRuns,
  piecesOf,
  type Run,
  type Runs,
  sliceRuns,
  sortRuns,
  widthOfRuns,
  writeRuns,
} from "./channel-runs.ts";
import { functionAt, isIdentity, writtenFunction } from "./layer-function.ts";

/** Runs of a flattened map that are listed; beyond, it is one thing that is told by what it reads. */
const MOST_FLAT_RUNS = 100_000;
/** Channels of one cell that a flattened atom has room for. */
const CELL = 2 ** 22;

export function channelsPutOut(
  atoms: Atoms,
  layer: Layer,
  inputs: readonly Runs[],
  shapes: readonly Shape[],
): Runs {
  const [first = []] = inputs;
  const [shape = []] = shapes;
  const each = (change: (place: Place) => Place): Runs =>
    joinRuns(first.map((run) => ({ ...change(run), count: run.count })));
  if (passesInputOn(layer) || isIdentity(layer, shape)) return first;
  switch (layer.kind) {
    case "concat":
      return joinRuns(inputs.flat());
    case "slice": {
      const width = Number(channelsOf(layer.shape));
      return sliceRuns(first, layer.attributes.part * width, width);
    }
    case "shuffle": {
      const { groups } = layer.attributes;
      const channels = widthOfRuns(first);
      return gatherRuns(
        first,
        Array.from(
          { length: channels },
          (_, channel) => (channel % groups) * (channels / groups) + Math.floor(channel / groups),
        ),
      );
    }
    case "add":
      return joinRuns(
        [...piecesOf(inputs)].map(({ starts, count }) => ({ ...atoms.add(starts), count })),
      );
    case "rescale": {
      const { scale, offset } = layer.attributes;
      return offset === 0
        ? each((place) => atoms.scale(place, scale))
        : compute(atoms, layer, first);
    }
    case "multiply":
      return multiply(atoms, inputs);
    case "activation": {
      const { act, slope } = layer.attributes;
      if (act === "softmax") return overChannels(atoms, "softmax", first, true);
      return each((place) => atoms.activate(act, slope, place));
    }
    case "max_pool":
    case "global_max_pool": {
      const key = functionAt(layer, shape);
      return each((place) => atoms.pool(key, place));
    }
    case "avg_pool":
    case "global_avg_pool":
    case "upsample":
    case "pad": {
      const key = functionAt(layer, shape);
      return each((place) => atoms.linear(key, place));
    }
    case "flatten":
      return flatten(atoms, first, shape);
    default:
      return compute(atoms, layer, first);
  }
}

/** Layers that divide by something positive. */
const KEEPS_SIGN: ReadonlySet<Layer["kind"]> = new Set(["lrn", "l2_norm"]);

/** What needs no rule of its own: channels matter as the kind of layer says. */
function compute(atoms: Atoms, layer: Layer, input: Runs): Runs {
  const key = writtenFunction(layer);
  const isPositive =
    KEEPS_SIGN.has(layer.kind) && input.every(({ atom }) => atoms.isNonNegative(atom));
  switch (channelUse(layer)) {
    case "each":
      return joinRuns(
        input.map((run) => ({ ...run, atom: atoms.named(`${key} ${run.atom}`, isPositive) })),
      );
    case "alike":
      return overChannels(atoms, key, input, isPositive);
    default:
      return inOrder(atoms, key, input, Number(channelsOf(layer.shape)), isPositive);
  }
}

/** A gate of one channel stands for all. */
function multiply(atoms: Atoms, inputs: readonly Runs[]): Runs {
  const widths = inputs.map(widthOfRuns);
  const width = Math.max(...widths);
  const isFixed = widths.map((own) => own === 1 && width > 1);
  const wide = inputs.filter((_, index) => !isFixed[index]);
  const fixed = inputs.flatMap((runs, index) => (isFixed[index] ? runs : []));
  return joinRuns(
    [...piecesOf(wide)].map(({ starts, count }) => ({
      ...atoms.multiply(
        [...starts, ...fixed],
        [...starts.map(() => false), ...fixed.map(() => true)],
      ),
      count,
    })),
  );
}

/** A function that treats all channels alike, so that their order goes through it. */
function overChannels(atoms: Atoms, key: string, input: Runs, isNonNegative: boolean): Runs {
  const atom = atoms.named(`${key} {${writeRuns(sortRuns(input))}}`, isNonNegative);
  const starts = new Map<Run, number>();
  let start = 0;
  for (const run of input.toSorted((a, b) => a.atom - b.atom || a.start - b.start)) {
    starts.set(run, start);
    start += run.count;
  }
  return joinRuns(input.map((run) => ({ atom, start: starts.get(run) ?? 0, count: run.count })));
}

/** A function for which the order of channels matters. */
function inOrder(
  atoms: Atoms,
  key: string,
  input: Runs,
  width: number,
  isNonNegative: boolean,
): Runs {
  const atom = atoms.named(`${key} [${writeRuns(input)}]`, isNonNegative);
  return [{ atom, start: 0, count: width }];
}

/** Channels are the innermost axis. */
function flatten(atoms: Atoms, input: Runs, shape: Shape): Runs {
  const cells = (elementCount(shape) ?? 1) / widthOfRuns(input);
  if (cells * input.length > MOST_FLAT_RUNS) {
    atoms.giveUp();
    return inOrder(atoms, `flatten ${cells}`, input, cells * widthOfRuns(input), false);
  }
  const flat = input.map((run) => ({ ...run, atom: atoms.named(`flatten ${run.atom}`) }));
  return joinRuns(
    Array.from({ length: cells }, (_, cell) =>
      flat.map((run) => ({ ...run, start: cell * CELL + run.start })),
    ).flat(),
  );
}
