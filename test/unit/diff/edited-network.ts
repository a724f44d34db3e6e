/** Random networks in two versions with the list of edits between them, which are the expected findings. */
import fc from "fast-check";

const STEP_EDITS = [
  "none",
  "none",
  "none",
  "width",
  "kernel",
  "act",
  "bias",
  "remove",
  "insert",
  "rename",
] as const;

/** A labelled part of a network, and what is done to it. */
type PartPlan =
  | {
      readonly kind: "step";
      readonly kernel: 1 | 3 | 5;
      readonly edit: (typeof STEP_EDITS)[number];
    }
  | { readonly kind: "block" | "module"; readonly body: readonly PartPlan[] }
  | { readonly kind: "repeat"; readonly body: readonly PartPlan[] }
  | { readonly kind: "longer-repeat"; readonly count: number; readonly newCount: number }
  | { readonly kind: "residual"; readonly body: readonly PartPlan[]; readonly isRescaled: boolean }
  | {
      readonly kind: "concat";
      readonly branches: readonly (readonly PartPlan[])[];
      readonly isSwapped: boolean;
    };

export interface EditedNetwork {
  readonly base: string;
  readonly head: string;
  /** `rule path before after` of each finding. */
  readonly expected: readonly string[];
  /** What a checkpoint of base must be for head. */
  readonly fits: "full" | "permuted" | "not whole";
}

export function arbitraryEditedNetwork(): fc.Arbitrary<EditedNetwork> {
  const { part } = fc.letrec<{ part: PartPlan }>((tie) => {
    const body = fc.array(tie("part"), { maxLength: 3 });
    const kernel = fc.constantFrom(1 as const, 3 as const, 5 as const);
    return {
      part: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        {
          weight: 5,
          arbitrary: fc.record({
            kind: fc.constant("step" as const),
            kernel,
            edit: fc.constantFrom(...STEP_EDITS),
          }),
        },
        {
          weight: 2,
          arbitrary: fc.record({
            kind: fc.constantFrom("block" as const, "module" as const),
            body,
          }),
        },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeat" as const), body }) },
        {
          weight: 1,
          arbitrary: fc.record({
            kind: fc.constant("longer-repeat" as const),
            count: fc.integer({ min: 1, max: 3 }),
            newCount: fc.integer({ min: 1, max: 4 }),
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({
            kind: fc.constant("residual" as const),
            body,
            isRescaled: fc.boolean(),
          }),
        },
        {
          weight: 2,
          arbitrary: fc.record({
            kind: fc.constant("concat" as const),
            branches: fc.array(body, { minLength: 2, maxLength: 3 }),
            isSwapped: fc.boolean(),
          }),
        },
      ),
    };
  });
  return fc
    .tuple(fc.array(part, { minLength: 1, maxLength: 6 }), fc.boolean())
    .map(([parts, isHarmless]) => writeNetwork(parts, isHarmless));
}

interface Written {
  readonly base: string;
  readonly head: string;
}

/** Of harmless edits a checkpoint survives; the others are left out. */
const HARMLESS: ReadonlySet<string> = new Set(["act", "rename"]);

function writeNetwork(parts: readonly PartPlan[], isHarmless: boolean): EditedNetwork {
  const expected: string[] = [];
  const modules = { base: "", head: "" };
  let fits: EditedNetwork["fits"] = "full";
  let count = 0;
  const find = (finding: string, effect: EditedNetwork["fits"] = "not whole"): void => {
    expected.push(finding);
    if (fits === "full" || effect === "not whole") fits = effect === "full" ? fits : effect;
  };

  const writeBody = (body: readonly PartPlan[], scope: string): Written => {
    // What every body begins with keeps it from being empty.
    const start = `conv 1x1 ${20 + count++}`;
    const written = body.map((one) => writePart(one, scope));
    return {
      base: [start, ...written.map(({ base }) => base)].join("\n"),
      head: [start, ...written.map(({ head }) => head)].join("\n"),
    };
  };

  const writePart = (plan: PartPlan, scope: string): Written => {
    const id = count++;
    const label = `l${id}`;
    const path = `${scope}${label}`;
    const around = (before: string, { base, head }: Written, after: string): Written => ({
      base: `${before}${base}${after}`,
      head: `${before}${head}${after}`,
    });
    switch (plan.kind) {
      case "step":
        return writeStep(plan, id, scope);
      case "block":
        return around(`${label}: { `, writeBody(plan.body, `${path}.`), " }");
      case "module": {
        const body = writeBody(plan.body, `${path}.`);
        modules.base += `module M${id} { ${body.base} }\n`;
        modules.head += `module M${id} { ${body.head} }\n`;
        return { base: `${label}: M${id}`, head: `${label}: M${id}` };
      }
      case "repeat":
        return around(`${label}: 3 x { `, writeBody(plan.body, `${path}.*.`), " }");
      case "longer-repeat": {
        const body = `{ conv 1x1 ${20 + id} -> conv 3x3 ${20 + count++} }`;
        const { count: before } = plan;
        const after = isHarmless ? before : plan.newCount;
        if (before !== after) find(`repeat-count-changed ${path} ${before} ${after}`);
        return { base: `${label}: ${before} x ${body}`, head: `${label}: ${after} x ${body}` };
      }
      case "residual": {
        const body = writeBody(plan.body, `${path}.residual.`);
        const scale = plan.isRescaled ? 0.5 : 0.25;
        if (plan.isRescaled) find(`residual-scale-changed ${path}.residual 0.25 0.5`, "full");
        return {
          base: `${label}: residual(scale=0.25) { ${body.base}\nproject }`,
          head: `${label}: residual(scale=${scale}) { ${body.head}\nproject }`,
        };
      }
      case "concat": {
        const branches = plan.branches.map((branch, index) => {
          const name = `b${index}`;
          return around(`| ${name}: `, writeBody(branch, `${path}.${name}.`), "");
        });
        const names = branches.map((_, index) => `b${index}`);
        if (plan.isSwapped) {
          const order = `${names.join(", ")} ${names.toReversed().join(", ")}`;
          find(`branch-order-changed ${path}.concat ${order}`, "permuted");
        }
        const heads = branches.map(({ head }) => head);
        return {
          base: `${label}: concat { ${branches.map(({ base }) => base).join("\n")} }`,
          head: `${label}: concat { ${(plan.isSwapped ? heads.toReversed() : heads).join("\n")} }`,
        };
      }
    }
  };

  const writeStep = (
    { kernel, edit }: Extract<PartPlan, { kind: "step" }>,
    id: number,
    scope: string,
  ): Written => {
    const label = `l${id}`;
    const path = `${scope}${label}`;
    const filters = 20 + id;
    const conv = `conv ${kernel}x${kernel} ${filters}`;
    const base = `${label}: ${conv}`;
    switch (isHarmless && !HARMLESS.has(edit) ? "none" : edit) {
      case "none":
        return { base, head: base };
      case "width":
        find(`filters-changed ${path}.conv ${filters} ${filters + 300}`);
        return { base, head: `${label}: conv ${kernel}x${kernel} ${filters + 300}` };
      case "kernel":
        find(`kernel-changed ${path}.conv ${kernel}x${kernel} 7x7`);
        return { base, head: `${label}: conv 7x7 ${filters}` };
      case "act":
        find(`activation-changed ${path}.conv relu null`, "full");
        return { base, head: `${base} linear` };
      case "bias":
        find(`bias-added ${path}.conv false true`);
        return { base, head: `${base} bias` };
      case "remove":
        find(`layer-removed ${path} ${conv} null`);
        return { base, head: "" };
      case "insert": {
        const added = `conv 2x2 ${600 + id}`;
        find(`layer-added ${scope}n${id} null ${added}`);
        return { base, head: `${base}\nn${id}: ${added}` };
      }
      case "rename":
        find(`block-renamed ${scope}m${id} ${path} ${scope}m${id}`, "full");
        return { base, head: `m${id}: ${conv}` };
    }
  };

  const body = writeBody(parts, "");
  const text = (side: "base" | "head"): string =>
    `${modules[side]}network N {\ninput 8x8x3\n${body[side]}\nlast: conv 1x1 6\n}`;
  return { base: text("base"), head: text("head"), expected, fits };
}
