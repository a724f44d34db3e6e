/** Checks the numbered invariants of a layer graph; one that is broken is a mistake of the compiler. */
import { assert } from "../core/assert.ts";
import {
  channelsOf,
  compareShapes,
  elementCount,
  isKnown,
  type Shape,
  shareOf,
} from "../ir/dimension.ts";
import type { Layer, LayerGraph } from "../ir/layer-graph.ts";

/** What each number promises; messages of a broken invariant begin with it. */
const INVARIANTS = {
  1: "layer i has id i, and reads layers before it only",
  2: "the first layer is the input, and no other is one",
  3: "a layer has as many inputs as its kind takes",
  4: "paths are unique",
  5: "every side of a shape is a whole number of at least 1",
  6: "the shapes of a join's inputs go together, and give its own; a slice is one of equal shares of its input's channels",
  7: "a tensor has one role for each axis, and its name once in its layer",
  8: "every layer leads to an output",
  9: "what hands its input on has its shape",
  10: "a map that is resized has the size that its layer says",
} as const;

type InvariantNumber = keyof typeof INVARIANTS;

/** @throws InternalError naming the number and the path of the first broken invariant. */
export function verifyLayerGraph({ layers, outputs }: LayerGraph): void {
  const paths = new Set<string>();
  layers.forEach((layer, index) => {
    const { id, path, inputs, shape, kind } = layer;
    const holds = (number: InvariantNumber, condition: boolean): void =>
      assert(condition, `layer graph ${number} at \`${path}\`: ${INVARIANTS[number]}`);
    holds(1, id === index && inputs.every((input) => input >= 0 && input < id));
    holds(2, (kind === "input") === (index === 0));
    holds(3, hasArity(layer));
    holds(4, !paths.has(path));
    paths.add(path);
    holds(
      5,
      shape.every((side) => isKnown(side) && side >= 1 && Number.isSafeInteger(side)),
    );
    const read = inputs.map((input) => layers[input]?.shape ?? []);
    holds(6, isJoinRight(layer, read));
    const names = new Set(layer.tensors.map(({ name }) => name));
    holds(7, names.size === layer.tensors.length);
    holds(
      7,
      layer.tensors.every((tensor) => tensor.axes.length === tensor.shape.length),
    );
    if (kind === "resize") {
      const { height, width } = layer.attributes;
      holds(10, shape[0] === height && shape[1] === width);
    }
    if (KEEPS_SHAPE.has(kind))
      holds(
        9,
        read.every((one) => compareShapes(one, shape) === "equal"),
      );
  });
  const isRead = new Set(outputs);
  for (const { id, path, inputs } of layers.toReversed()) {
    assert(isRead.has(id) || id === 0, `layer graph 8 at \`${path}\`: ${INVARIANTS[8]}`);
    for (const input of inputs) isRead.add(input);
  }
}

/** Kinds that change neither the number of elements nor their places. */
const KEEPS_SHAPE: ReadonlySet<Layer["kind"]> = new Set([
  "activation",
  "batch_norm",
  "copy",
  "drop_path",
  "dropout",
  "group_norm",
  "l2_norm",
  "layer_norm",
  "layer_scale",
  "lrn",
  "output",
  "prelu",
  "rescale",
  "shuffle",
]);

function hasArity({ kind, inputs }: Layer): boolean {
  switch (kind) {
    case "input":
      return inputs.length === 0;
    case "concat":
    case "add":
    case "multiply":
      return inputs.length >= 2;
    default:
      return inputs.length === 1;
  }
}

function isJoinRight(layer: Layer, read: readonly Shape[]): boolean {
  const { shape } = layer;
  switch (layer.kind) {
    case "add":
      return read.every((one) => compareShapes(one, shape) === "equal");
    case "concat": {
      const sides = (one: Shape): string => one.slice(0, -1).join();
      const channels = read.reduce((sum, one) => sum + Number(channelsOf(one)), 0);
      return read.every((one) => sides(one) === sides(shape)) && channels === channelsOf(shape);
    }
    case "slice": {
      const { part, parts } = layer.attributes;
      const [first = []] = read;
      const isPart = Number.isInteger(part) && part >= 0 && part < parts;
      return isPart && compareShapes(shareOf(first, parts), shape) === "equal";
    }
    case "multiply": {
      const [first = []] = read;
      return compareShapes(first, shape) === "equal";
    }
    case "flatten":
    case "reshape":
      return read.every((one) => elementCount(one) === elementCount(shape));
    default:
      return true;
  }
}
