/**
 * Writes a plan as the text of a valid specification and computes the shapes that it must have. Sizes follow
 * TensorFlow's rules, implemented here a second time so that the compiler is tested against independent code.
 */
import type { Chain, EditPlan, ModulePlan, NetworkPlan, StepPlan } from "./plan.ts";

/** Height, width, channels. */
export type Size = readonly [number, number, number];

export interface ValidSpec {
  readonly text: string;
  /** The network, and the variant where the plan has edits. */
  readonly networks: readonly string[];
  readonly input: Size;
  /** Of the network's main output. */
  readonly output: readonly number[];
}

/** Where a chain stands, and so what is allowed in it. */
interface Place {
  readonly modules: readonly ModulePlan[];
  /** Keeps height and width, whatever they are: in branches, bodies and modules. */
  readonly keepsSize: boolean;
  /** Labels and auxiliary outputs of one scope so far: each needs a name of its own. */
  readonly names: { count: number };
}

interface Written {
  readonly text: string;
  readonly size: Size;
}

/** Larger pictures and more channels would only make runs slow. */
const MAX_SIDE = 64;
const MAX_CHANNELS = 256;

/** What modules are written for. */
const MODULE_INPUT: Size = [8, 8, 8];

export function writePlan(plan: NetworkPlan): ValidSpec {
  const input: Size = [plan.side, plan.side, plan.channels];
  const names = { count: 0 };
  const modules = plan.modules.map((module, index) => writeModule(module, index));
  let size = input;
  const statements = plan.statements.map(({ chain, isAsserted }, index) => {
    const written = writeChain(chain, size, { modules: plan.modules, keepsSize: false, names });
    size = written.size;
    return `  s${index}: ${written.text}${isAsserted ? `  => ${size.join("x")}` : ""}`;
  });
  const head = writeHead(plan, size);
  const network = [
    `network Generated(classes: int = ${plan.classes}) {`,
    `  input ${input.join("x")}`,
    ...statements,
    ...(head.text === "" ? [] : [`  head: ${head.text}`]),
    "}",
  ];
  const edits = plan.edits.flatMap((edit) => writeEdit(edit, plan));
  const variant = ["variant Edited of Generated {", ...edits.map((text) => `  ${text}`), "}"];
  const hasVariant = edits.length > 0;
  return {
    text: [...modules, ...network, ...(hasVariant ? variant : []), ""].join("\n"),
    networks: hasVariant ? ["Generated", "Edited"] : ["Generated"],
    input,
    output: head.output,
  };
}

function writeHead(
  { head, classes }: NetworkPlan,
  size: Size,
): { readonly text: string; readonly output: readonly number[] } {
  switch (head) {
    case "pool":
      return {
        text: "globalavgpool -> dropout 0.2 -> dense classes -> softmax",
        output: [classes],
      };
    case "flatten":
      return { text: "flatten -> dense classes", output: [classes] };
    case "none":
      return { text: "", output: size };
  }
}

/** Modules call none: what they give must not depend on their place in the list. */
function writeModuleBody({ body }: ModulePlan, size: Size): Written {
  const place: Place = { modules: [], keepsSize: true, names: { count: 0 } };
  return writeChain(body.filter(isAllowedInModule), size, place);
}

function writeModule(module: ModulePlan, index: number): string {
  const { defaults } = module;
  const { text } = writeModuleBody(module, MODULE_INPUT);
  const parameters = module.hasParameter ? "(filters: int = 4)" : "";
  return [
    `module M${index}${parameters} : [H, W, C] => [H, W, _] {`,
    ...(defaults === undefined ? [] : [`  defaults ${defaults}`]),
    `  ${writeOpening(module)}${text}`,
    "}",
  ].join("\n");
}

function writeOpening({ hasParameter, readsSizes }: ModulePlan): string {
  if (hasParameter) return "conv 1x1 filters -> ";
  return readsSizes ? "conv 1x1 (C % 16 + H % 2 + 1) -> " : "";
}

/** Channels after the opening. */
function openedChannels(module: ModulePlan, filters: number, size: Size): number {
  const [height, , channels] = size;
  if (module.hasParameter) return filters;
  return module.readsSizes ? (channels % 16) + (height % 2) + 1 : channels;
}

/** An output of its own would be there once for each call. */
function isAllowedInModule({ kind }: StepPlan): boolean {
  return kind !== "aux" && kind !== "call";
}

function writeChain(chain: Chain, size: Size, place: Place): Written {
  let current = size;
  const texts = chain.map((step) => {
    const written = writeStep(step, current, place);
    current = written.size;
    return written.text;
  });
  return { text: texts.length === 0 ? "identity" : texts.join(" -> "), size: current };
}

function writeStep(step: StepPlan, size: Size, place: Place): Written {
  const [height, width, channels] = size;
  switch (step.kind) {
    case "conv":
    case "sepconv": {
      const { kernel, filters } = step;
      const tail = step.kind === "sepconv" ? step.tail.replace("fixed=true", "") : step.tail;
      const window = writeWindow(kernel, step.stride, step.isValid, size, place);
      const text = `${step.kind} ${kernel.join("x")} ${filters}${window.text} ${tail}`.trim();
      return { text, size: [...window.sides, filters] };
    }
    case "dwconv": {
      const mult = channels * step.mult <= MAX_CHANNELS && !place.keepsSize ? step.mult : 1;
      const window = writeWindow(step.kernel, step.stride, false, size, place);
      const text = `dwconv ${step.kernel.join("x")}${window.text} mult=${mult}`;
      return { text, size: [...window.sides, channels * mult] };
    }
    case "pool": {
      const kernel = [step.size, step.size] as const;
      const window = writeWindow(kernel, step.stride, step.isValid, size, place);
      const text = `${step.operator} ${kernel.join("x")}${window.text}`;
      return { text, size: [...window.sides, channels] };
    }
    case "plain":
      return { text: step.operator, size };
    case "pad": {
      if (place.keepsSize) return { text: "identity", size };
      const each = 2 * step.size;
      return {
        text: `pad ${step.size}x${step.size}`,
        size: [height + each, width + each, channels],
      };
    }
    case "upsample": {
      if (place.keepsSize || Math.max(height, width) > MAX_SIDE / 2)
        return { text: "identity", size };
      return { text: "upsample 2", size: [2 * height, 2 * width, channels] };
    }
    case "factor": {
      const { filters } = step;
      const parts = step.isSplit ? `1x5 ${filters}, 5x1 ${filters}` : `3x3 4, 3x3 ${filters}`;
      return { text: `factor 5x5 (${parts})`, size: [height, width, filters] };
    }
    case "call":
      return writeCall(step.module, step.filters, size, place);
    default:
      return writeNested(step, size, place);
  }
}

function writeWindow(
  [rows, columns]: readonly [number, number],
  stride: 1 | 2,
  isValid: boolean,
  [height, width]: Size,
  { keepsSize }: Place,
): { readonly text: string; readonly sides: readonly [number, number] } {
  if (keepsSize) return { text: "", sides: [height, width] };
  const fits = isValid && rows <= height && columns <= width;
  const side = (size: number, kernel: number): number =>
    Math.ceil((fits ? size - kernel + 1 : size) / stride);
  return {
    text: `${stride === 1 ? "" : ` /${stride}`}${fits ? " valid" : ""}`,
    sides: [side(height, rows), side(width, columns)],
  };
}

function writeCall(index: number, filters: number, size: Size, place: Place): Written {
  const module = place.modules[index];
  if (!module) return { text: "relu", size };
  const [height, width] = size;
  const start: Size = [height, width, openedChannels(module, filters, size)];
  const { text, size: output } = writeModuleBody(module, start);
  // With so many channels it would have been written otherwise.
  if (text !== writeModuleBody(module, MODULE_INPUT).text) return { text: "relu", size };
  return { text: `M${index}${module.hasParameter ? `(filters=${filters})` : ""}`, size: output };
}

/** Some labels have a name of before, which means nothing to anything but a comparison. */
function labelText(number: number): string {
  return number % 3 === 0 ? `b${number} was s0.b${number + 1}` : `b${number}`;
}

type NestedPlan = Extract<
  StepPlan,
  {
    readonly kind:
      | "concat"
      | "sum"
      | "residual"
      | "gate"
      | "repeat"
      | "indexed"
      | "if"
      | "block"
      | "aux";
  }
>;

function writeNested(step: NestedPlan, size: Size, place: Place): Written {
  const [height, width, channels] = size;
  const keeping: Place = { ...place, keepsSize: true };
  const canReduce = !place.keepsSize;
  const halved: readonly [number, number] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  switch (step.kind) {
    case "concat": {
      const branches = step.branches.map((branch) => writeChain(branch, size, keeping));
      const all = branches.reduce((sum, branch) => sum + branch.size[2], 0);
      if (all > MAX_CHANNELS) return { text: "relu", size };
      const isReduction = step.isReduction && canReduce;
      const texts = branches.map(({ text }) => {
        const label = step.isLabelled ? `${labelText(place.names.count++)}: ` : "";
        return `| ${label}${text}${isReduction ? " -> maxpool 3x3 /2" : ""}`;
      });
      const sides = isReduction ? halved : ([height, width] as const);
      return { text: `concat { ${texts.join(" ")} }`, size: [...sides, all] };
    }
    case "sum": {
      const texts = step.branches.map((branch) => {
        const { text } = writeChain(branch, size, keeping);
        return `| ${text} -> conv 1x1 ${step.filters} linear`;
      });
      return { text: `sum { ${texts.join(" ")} }`, size: [height, width, step.filters] };
    }
    case "residual": {
      const { text } = writeChain(step.body, size, keeping);
      const scale = step.scale === undefined ? "" : `(scale=${step.scale})`;
      if (step.shortcut === undefined) {
        return { text: `residual${scale} { ${text} -> project }`, size };
      }
      const isReduction = step.isReduction && canReduce;
      const last = `conv 1x1 ${step.shortcut}${isReduction ? " /2" : ""} linear`;
      const sides = isReduction ? halved : ([height, width] as const);
      return {
        text: `residual${scale} { ${text} -> ${last} } shortcut { ${last} }`,
        size: [...sides, step.shortcut],
      };
    }
    case "gate": {
      // A depthwise ending has the channels of the input, whatever a width edit makes of those before it.
      const { text } = writeChain(step.body.filter(keepsChannels), size, keeping);
      const gate = `${text} -> avgpool global -> dwconv 1x1 norm=none act=sigmoid`;
      return { text: `scale_by { ${gate} }`, size };
    }
    case "repeat": {
      let current = size;
      const { text } = writeChain(step.body.filter(isRepeatable), size, keeping);
      let isSame = true;
      for (let i = 0; i < step.count; i++) {
        const instance = writeChain(step.body.filter(isRepeatable), current, keeping);
        current = instance.size;
        isSame &&= instance.text === text;
      }
      if (!isSame || current[2] > MAX_CHANNELS) return { text: "relu", size };
      return { text: `${step.count} x { ${text} }`, size: current };
    }
    case "indexed": {
      // The last instance decides what comes out.
      const { count, filters } = step;
      return {
        text: `${count} x (i) conv 1x1 (${filters} + i)`,
        size: [height, width, filters + count - 1],
      };
    }
    case "if": {
      const { chosen, hasElse } = step;
      const bodies = step.bodies.map((body) => writeChain(body, size, place));
      const texts = bodies.map(({ text }, index) => {
        const isLast = index > 0 && index === bodies.length - 1;
        if (isLast && hasElse) return `else { ${text} }`;
        return `${index > 0 ? "else " : ""}if ${chosen} == ${index} { ${text} }`;
      });
      const otherwise = hasElse && bodies.length > 1 ? bodies.at(-1) : undefined;
      const taken = bodies[chosen] ?? otherwise;
      return { text: texts.join(" "), size: taken?.size ?? size };
    }
    case "block": {
      const { text, size: output } = writeChain(step.body, size, place);
      return { text: `{ ${text} }`, size: output };
    }
    case "aux": {
      const name = `aux_${place.names.count++}`;
      // Inside a repeat or a branch there would be an output for each.
      if (place.keepsSize) return { text: "identity", size: [height, width, channels] };
      const { text } = writeChain(step.body, size, keeping);
      return { text: `aux ${name} { ${text} -> globalavgpool -> dense 3 }`, size };
    }
  }
}

function keepsChannels({ kind }: StepPlan): boolean {
  return kind === "plain" || kind === "pool" || kind === "dwconv";
}

/** What is written once and stands for every instance must not look at the channels that go in. */
function isRepeatable({ kind }: StepPlan): boolean {
  return kind !== "concat";
}

function writeEdit(edit: EditPlan, plan: NetworkPlan): readonly string[] {
  const label = (at: number): string => `s${at % plan.statements.length}`;
  switch (edit.kind) {
    case "width":
      return [`width ${edit.factor}${edit.round === undefined ? "" : ` round ${edit.round}`}`];
    case "set":
      return [`set classes = ${edit.classes}`];
    case "input": {
      const side = plan.side * edit.scale;
      return [`input ${side}x${side}x${plan.channels}`];
    }
    case "defaults":
      return [`defaults ${edit.text}`];
    case "insert":
      return [`insert relu ${edit.side} ${label(edit.at)}`];
    case "replace": {
      // What follows may be asserted, and a structural edit must keep what it states.
      if (plan.statements.some(({ isAsserted }) => isAsserted)) return [];
      const at = edit.at % plan.statements.length;
      return at < plan.statements.length - 1
        ? []
        : [`replace s${at} with conv 1x1 ${edit.filters}`];
    }
    case "use": {
      const replacement = plan.modules[edit.replacement];
      const replaced = plan.modules[edit.replaced];
      const isSame = replacement?.hasParameter === replaced?.hasParameter;
      const isFree = !plan.statements.some(({ isAsserted }) => isAsserted);
      return replacement && replaced && isSame && isFree && edit.replacement !== edit.replaced
        ? [`use M${edit.replacement} for M${edit.replaced}`]
        : [];
    }
  }
}
