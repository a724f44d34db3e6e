/** Specifications made to break a compiler, with the finding that each must give. */
import type { Limits } from "../../src/compiler/core/limits.ts";

/** A folder with a `main.incept`. */
export interface HostileCase {
  readonly files: (limits: Limits) => Readonly<Record<string, string>>;
  /** What the first finding begins with, `CODE MESSAGE`, under these limits; nothing where the text is sound. */
  readonly says: ((limits: Limits) => string) | undefined;
  /** Limits under which the same is met sooner, where the default takes seconds. */
  readonly sooner?: Partial<Limits>;
}

type Says = string | ((limits: Limits) => string);

/** One file that names its network N. */
function text(
  write: (limits: Limits) => string,
  says?: Says,
  sooner?: Partial<Limits>,
): HostileCase {
  return {
    files: (limits) => ({ "main.incept": write(limits) }),
    says: typeof says === "string" ? () => says : says,
    ...(sooner ? { sooner } : {}),
  };
}

function network(body: string): string {
  return `network N {\n  input 8x8x3\n${body}\n}\n`;
}

function inside(
  write: (limits: Limits) => string,
  says?: Says,
  sooner?: Partial<Limits>,
): HostileCase {
  return text((limits) => network(write(limits)), says, sooner);
}

function lines(count: number, write: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => write(index)).join("\n");
}

/** Each module calls the next one twice. */
function doubling(count: number, arguments_: readonly [string, string], last: string): string {
  const parameters = arguments_[0] === "" ? "" : "(k: int)";
  const modules = lines(
    count,
    (index) =>
      `module M${index}${parameters} { M${index + 1}${arguments_[0]} -> M${index + 1}${arguments_[1]} }`,
  );
  const start = parameters === "" ? "M0" : "M0(k=1)";
  return `${modules}\nmodule M${count}${parameters} { ${last} }\n${network(start)}`;
}

const TOO_LARGE = "syntax/file-too-large this file has";
const TOO_DEEP = "syntax/nesting-too-deep brackets are nested more than 100 deep here";
const TOO_MANY = ({ layers }: Limits): string =>
  `type/too-many-layers the network exceeds ${layers} layers here`;
const TOO_MANY_STEPS = ({ layers }: Limits): string =>
  `type/too-many-layers the network exceeds ${4 * layers} steps here`;
const TOO_MANY_EDITS = ({ layers }: Limits): string =>
  `type/too-many-edits finding what the edits before this one refer to took more than ${5 * layers} steps`;

/** A tenth of the default. */
const FEW_LAYERS = { layers: 5000 };

export const HOSTILE_CASES: Readonly<Record<string, HostileCase>> = {
  "a billion layers": inside(() => "1000000000 x conv 3x3 8", TOO_MANY),
  "a product of repeats": inside(() => "1000 x { 1000 x { 1000 x conv 3x3 8 } }", TOO_MANY),
  "a repeat of nothing": inside(() => "50000 x { 50000 x {} }", TOO_MANY_STEPS),
  "empty blocks one after the other": inside(
    ({ layers }) => "{}".repeat(4 * layers + 1000),
    TOO_MANY_STEPS,
    FEW_LAYERS,
  ),
  "a count past what is exact": inside(
    () => "9007199254740993 x conv 3x3 8",
    "syntax/number-too-large `9007199254740993` is too large",
  ),
  "a product past what is exact": inside(
    () => "(9007199254740991 * 9007199254740991) x conv 3x3 8",
    "type/not-exact",
  ),
  "a size past what is exact": text(
    () => "network N { input 9007199254740991x9007199254740991x9007199254740991 conv 3x3 8 }",
    "shape/size-too-large",
  ),
  "blocks 100,000 deep": inside(() => "{".repeat(100_000), TOO_DEEP),
  "parentheses 100,000 deep": text(() => `let a = ${"(".repeat(100_000)}`, TOO_DEEP),
  "100,000 signs": text(() => `let a = ${"- ".repeat(100_000)}1\n${network("conv 1x1 (a)")}`),
  "a sum of 100,000 terms": text(
    () => `let a = 1${" + 1".repeat(100_000)}`,
    "syntax/expression-too-long this expression has more than 1000 terms",
  ),
  "10 MB of brackets": text(() => "([{".repeat(3_333_333), TOO_LARGE),
  "a line of 5 MB": inside(() => "relu ".repeat(1_000_000), TOO_LARGE),
  "80,000 steps on a line": inside(
    () => "relu ".repeat(80_000),
    "syntax/missing-arrow `relu` follows a step on the same line",
  ),
  "30,000 blocks with two steps on a line": inside(
    () => "{relu tanh} ".repeat(30_000),
    "syntax/missing-arrow `tanh` follows a step on the same line",
  ),
  "a name of 2,000,000 letters": inside(() => "n".repeat(2_000_000), TOO_LARGE),
  "a name of 400,000 letters": inside(
    () => "n".repeat(400_000),
    "name/unknown-operator there is no operator called `nnn",
  ),
  "a number of 400,000 digits": inside(
    () => `conv 1x1 ${"9".repeat(400_000)}`,
    "syntax/number-too-large",
  ),
  "closing brackets alone": text(() => "}".repeat(400_000), "syntax/unexpected-token expected"),
  "a comment that is never closed": text(
    () => "/* ".repeat(130_000),
    "syntax/unterminated-comment",
  ),
  "comments under comments": text(
    () => `${"// incept-ignore x\n".repeat(20_000)}${network("relu")}`,
    "lint/bad-ignore",
  ),
  "no character of the language": text(
    () => "\u{1F600}".repeat(200_000),
    "syntax/unexpected-character",
  ),
  "modules that double, all equal": text(() => doubling(60, ["", ""], "conv 1x1 3"), TOO_MANY),
  "modules that double, all different": text(
    () => doubling(40, ["(k=2*k)", "(k=2*k+1)"], "conv 1x1 (k % 5 + 1)"),
    TOO_MANY,
    FEW_LAYERS,
  ),
  "modules that double, without a layer": text(
    () => doubling(40, ["(k=2*k)", "(k=2*k+1)"], ""),
    TOO_MANY_STEPS,
    FEW_LAYERS,
  ),
  "modules 10,000 deep": text(
    () => `${lines(10_000, (index) => `module M${index} { M${index + 1} }`)}
module M10000 { relu }\n${network("M0")}`,
    "type/too-deep blocks and modules are nested more than 200 deep here",
  ),
  "a circle of 10,000 modules": text(
    () => `${lines(10_000, (index) => `module M${index} { M${(index + 1) % 10_000} }`)}
${network("M0")}`,
    "name/recursive-module a module cannot contain itself: M0",
  ),
  "10,000 values, each of the next": text(
    () => `${lines(10_000, (index) => `let a${index} = a${index + 1}`)}
let a10000 = 1\n${network("conv 1x1 a0")}`,
    "type/values-too-deep more than 400 expressions depend on one another here",
  ),
  "deep expressions in deep values": text(
    () => `${lines(199, (index) => `let a${index} = ${"min(3, ".repeat(90)}a${index + 1}${")".repeat(90)}`)}
let a199 = 1\n${network("conv 1x1 a0")}`,
    "type/values-too-deep more than 400 expressions depend on one another here",
  ),
  "variants 10,000 deep": text(
    () => `${network("relu")}variant V0 of N {}
${lines(9999, (index) => `variant V${index + 1} of V${index} {}`)}`,
    "name/variant-chain-too-long there are more than 100 variants between",
  ),
  "a circle of 10,000 variants": text(
    () => lines(10_000, (index) => `variant V${index} of V${(index + 1) % 10_000} {}`),
    "name/recursive-variant a variant cannot be its own base: V0",
  ),
  "10,000 edits that find nothing": text(
    () => `${network("a: conv 1x1 3")}variant V of N {\n${"remove b\n".repeat(10_000)}}`,
    "name/unknown-path `N` has nothing at `b`",
  ),
  "5,000 edits of 5,000 layers": text(
    () => `${network(lines(5000, (index) => `l${index}: conv 1x1 3`))}variant V of N {
${lines(5000, (index) => `replace l${index} with conv 1x1 4`)}\n}`,
    TOO_MANY_EDITS,
    FEW_LAYERS,
  ),
  "10,000 parameters": text(
    () =>
      `network N(${lines(10_000, (index) => `p${index}: int = 1,`)} q: int = 1) { input 8x8x3 relu }`,
    "lint/unused-parameter",
  ),
  "10,000 branches": inside(() => `concat {${"\n| conv 1x1 1".repeat(10_000)}\n}`),
  "30,000 mistakes": inside(
    () => "conv 1x1 0\n".repeat(30_000),
    "type/out-of-range `filters` of `conv` must be at least 1, found 0",
  ),
  "12,000 imports of nothing": text(
    () => lines(12_000, (index) => `import { A } from "./${index}.incept"`),
    "name/import-not-found",
  ),
  "imports 2,000 deep": {
    files: () => ({
      "main.incept": `import { A1 } from "./1.incept"\n${network("A1")}`,
      ...Object.fromEntries(
        Array.from({ length: 2000 }, (_, index) => [
          `${index + 1}.incept`,
          `import { A${index + 2} } from "./${index + 2}.incept"\nmodule A${index + 1} { relu }`,
        ]),
      ),
    }),
    says: () => "name/import-limit with this import, the program has more than 1000 files",
  },
  "imports of 500,000 characters and more": {
    files: () => ({
      "main.incept": `import { A } from "./a.incept"\n${network("A")}`,
      "a.incept": `import { B } from "./b.incept"\nmodule A { B }\n${" ".repeat(300_000)}`,
      "b.incept": `module B { relu }\n${" ".repeat(300_000)}`,
    }),
    says: () =>
      "name/import-limit with this import, the program's files have more than 500000 characters",
  },
  "files that import each other": {
    files: () => ({
      "main.incept": `import { A } from "./a.incept"\nimport { N } from "./main.incept"\n${network("A")}`,
      "a.incept": `import { N } from "./main.incept"\nmodule A { relu }\n`,
    }),
    says: () => "lint/unused-import",
  },
  "Windows line ends after a byte order mark": text(
    () => `\uFEFF${network("relu").replaceAll("\n", "\r\n")}`,
  ),
};
