/** Random networks in two versions: steps of all kinds in blocks of all kinds, which are moved, swapped, renamed, nested and unnested. */
import fc from "fast-check";

interface LayerStep {
  readonly kind: "layer";
  readonly text: (width: number) => string;
  label: string;
}

interface BlockStep {
  readonly kind: "block";
  of: (typeof BLOCKS)[number];
  readonly id: number;
  label: string;
  readonly bodies: Step[][];
}

type Step = LayerStep | BlockStep;

/** Every step keeps the channels that it gets, so that it can stand anywhere. */
const LAYERS: readonly ((width: number) => string)[] = [
  (width) => `conv 3x3 ${width}`,
  (width) => `conv 3x3 ${width}`,
  (width) => `conv 1x1 ${width} linear`,
  (width) => `conv 1x1 ${width} act=tanh`,
  (width) => `conv 3x1 ${width} norm=none`,
  (width) => `conv 3x3 ${width} norm=layer`,
  (width) => `conv 3x3 ${width}${width % 2 === 0 ? " groups=2" : ""}`,
  () => "dwconv 3x3",
  (width) => `sepconv 3x3 ${width}`,
  (width) => `deconv 3x3 ${width}`,
  () => "prelu",
  () => "layer_scale",
  () => "layernorm",
  () => "batchnorm",
  () => "maxpool 3x3",
  () => "avgpool 3x3",
  () => "tanh",
  () => "relu",
  () => "softmax",
  () => "l2norm",
  () => "lrn 3 alpha=1",
  (width) => (width % 2 === 0 ? "shuffle 2" : "identity"),
  () => "dropout 0.5",
];

const BLOCKS = [
  "plain",
  "module",
  "once",
  "twice",
  "residual",
  "scaled",
  "shortcut",
  "sum",
  "gate",
  "split",
  "concat",
] as const;

const HEADS = [
  "conv 1x1 2 linear",
  "globalavgpool -> dense 3",
  "flatten -> dense 3",
  "avgpool global -> flatten -> dense 3",
] as const;

/** One change of a tree, by numbers that are taken modulo what there is. */
type Edit = readonly [what: number, from: number, to: number, kind: number];

/** `harmless` edits leave the function what it is. */
export interface MovedSteps {
  readonly base: string;
  readonly head: string;
}

const edit: fc.Arbitrary<Edit> = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99));

export function arbitraryMovedSteps(edits: "any" | "harmless"): fc.Arbitrary<MovedSteps> {
  return fc
    .tuple(
      fc.array(fc.tuple(fc.nat(LAYERS.length - 1), fc.boolean()), { minLength: 2, maxLength: 7 }),
      fc.array(edit, { maxLength: 4 }),
      fc.array(edit, { minLength: 1, maxLength: 3 }),
      fc.nat(HEADS.length - 1),
    )
    .map(([layers, wraps, changes, head]) => {
      const root = layers.map(([index, isNamed], place): Step => {
        const text = LAYERS[index] ?? (() => "identity");
        return { kind: "layer", text, label: isNamed ? `s${place}` : "" };
      });
      let ids = 0;
      for (const [, from, to, kind] of wraps) wrap(root, from, to, kind, BLOCKS, () => ids++);
      const base = write(root, head);
      for (const change of changes) {
        if (edits === "any") editAny(root, change, () => ids++);
        else editHarmlessly(root, change, () => ids++);
      }
      return { base, head: write(root, head) };
    });
}

/** All lists of steps, outer ones first. */
function listsOf(steps: Step[]): readonly Step[][] {
  return [
    steps,
    ...steps.flatMap((one) => (one.kind === "block" ? one.bodies.flatMap(listsOf) : [])),
  ];
}

function pick<Item>(items: readonly Item[], at: number): Item | undefined {
  return items[at % Math.max(1, items.length)];
}

function blocksOf(root: Step[]): readonly { readonly list: Step[]; readonly block: BlockStep }[] {
  return listsOf(root).flatMap((list) =>
    list.flatMap((block) => (block.kind === "block" ? [{ list, block }] : [])),
  );
}

/** Puts a block around some steps; what does not fit a second body stays in the first. */
function wrap(
  root: Step[],
  from: number,
  to: number,
  kind: number,
  kinds: readonly (typeof BLOCKS)[number][],
  nextId: () => number,
): void {
  const list = pick(listsOf(root), from);
  const of = pick(kinds, kind);
  if (!list || !of) return;
  const start = to % (list.length + 1);
  const steps = list.slice(start, start + 1 + (to % 3));
  const bodies = hasTwoBodies(of) ? [steps.slice(0, 1), steps.slice(1)] : [steps];
  const id = nextId();
  list.splice(start, steps.length, {
    kind: "block",
    of,
    id,
    label: kind % 3 === 0 ? `b${id}` : "",
    bodies,
  });
}

function hasTwoBodies(of: (typeof BLOCKS)[number]): boolean {
  return of === "shortcut" || of === "sum" || of === "split" || of === "concat";
}

function editAny(root: Step[], [what, from, to, kind]: Edit, nextId: () => number): void {
  const lists = listsOf(root);
  const source = pick(
    lists.filter((list) => list.length > 0),
    from,
  );
  if (!source) return;
  const index = to % source.length;
  const step = source[index];
  if (!step) return;
  switch (what % 7) {
    case 0:
    case 1: {
      source.splice(index, 1);
      const target = pick(listsOf(root), kind) ?? root;
      target.splice(from % (target.length + 1), 0, step);
      break;
    }
    case 2: {
      const list =
        pick(
          lists.filter((one) => one.length > 0),
          kind,
        ) ?? source;
      const place = from % list.length;
      const other = list[place];
      const isNested = [step, other].some((one) => one && one.kind === "block");
      if (!other || isNested) return;
      source[index] = other;
      list[place] = step;
      break;
    }
    case 3:
      wrap(root, from, to, kind, BLOCKS, nextId);
      break;
    case 4: {
      const found = pick(blocksOf(root), from);
      if (found)
        found.list.splice(found.list.indexOf(found.block), 1, ...found.block.bodies.flat());
      break;
    }
    case 5:
      step.label = step.label === "" ? `n${nextId()}` : "";
      break;
    default:
      editHarmlessly(root, [from, to, kind, what], nextId);
  }
}

function editHarmlessly(root: Step[], [what, from, to, kind]: Edit, nextId: () => number): void {
  const found = pick(blocksOf(root), from);
  switch (what % 6) {
    case 0:
      wrap(root, from, to, kind, ["plain", "module", "once"], nextId);
      break;
    case 1: {
      // A block around a chain is taken away.
      const chains = blocksOf(root).filter(({ block }) => isChain(block));
      const chain = pick(chains, from);
      if (chain)
        chain.list.splice(chain.list.indexOf(chain.block), 1, ...chain.block.bodies.flat());
      break;
    }
    case 2: {
      const steps = listsOf(root).flat();
      const step = pick(steps, from);
      if (step) step.label = step.label === "" || kind % 2 === 0 ? `n${nextId()}` : "";
      break;
    }
    case 3:
      // Sums in another order, and a residual written as a sum.
      if (found?.block.of === "sum" || found?.block.of === "concat") found.block.bodies.reverse();
      if (found?.block.of === "residual") {
        found.block.of = "sum";
        found.block.bodies.push([]);
      }
      break;
    case 4:
      if (found?.block.of === "shortcut") found.block.of = "sum";
      else if (found && isChain(found.block))
        found.block.of = pick(["plain", "module", "once"] as const, kind) ?? "plain";
      break;
    default: {
      // An identity, in training alone or everywhere.
      const list = pick(listsOf(root), from) ?? root;
      list.splice(to % (list.length + 1), 0, {
        kind: "layer",
        text: () => (kind % 2 === 0 ? "identity" : "dropout 0.3"),
        label: "",
      });
    }
  }
}

function isChain({ of }: BlockStep): boolean {
  return of === "plain" || of === "module" || of === "once";
}

const WIDTH = 4;

/** The text of steps that hand their input on. */
const INERT = /^(?:\s|[{}]|[12] x|\w+:|identity|M\d+|dropout [\d.]+)*$/;

function write(root: readonly Step[], head: number): string {
  const modules: string[] = [];
  const body = writeSteps(root, WIDTH, modules);
  return `${modules.join("\n")}\nnetwork N {\ninput 5x5x${WIDTH}\n${body}\nhead: ${HEADS[head]}\n}`;
}

function writeSteps(steps: readonly Step[], width: number, modules: string[]): string {
  return steps.length === 0
    ? "identity"
    : steps
        .map((step) => {
          const label = step.label === "" ? "" : `${step.label}: `;
          return `${label}${step.kind === "layer" ? step.text(width) : writeBlock(step, width, modules)}`;
        })
        .join("\n");
}

function writeBlock({ of, id, bodies }: BlockStep, width: number, modules: string[]): string {
  const isShared = of === "split" && width % 2 === 0;
  const [one = "identity", other = "identity"] = bodies.map((body) =>
    writeSteps(body, isShared ? width / 2 : width, modules),
  );
  switch (of) {
    case "plain":
      return `{\n${one}\n}`;
    case "module":
      // Code that adds a tensor to what such a module makes of it reads one tensor twice, which tfjs does not survive.
      if (INERT.test(one)) return `{\n${one}\n}`;
      modules.push(`module M${id} {\n${one}\n}`);
      return `M${id}`;
    case "once":
      return `1 x {\n${one}\n}`;
    case "twice":
      return `2 x {\n${one}\n}`;
    case "residual":
      return `residual {\n${one}\n}`;
    case "scaled":
      return `residual(scale=0.5) {\n${one}\n}`;
    case "shortcut":
      return `residual {\n${one}\n} shortcut {\n${other}\n}`;
    case "sum":
      return `sum {\n| {\n${one}\n}\n| {\n${other}\n}\n}`;
    case "gate":
      return `scale_by {\n${one}\nsigmoid\n}`;
    case "split":
      return isShared ? `split {\n| {\n${one}\n}\n| {\n${other}\n}\n}` : `{\n${one}\n${other}\n}`;
    case "concat":
      return `{\nconcat {\n| {\n${one}\n}\n| {\n${other}\n}\n}\nk${id}: conv 1x1 ${width}\n}`;
  }
}
