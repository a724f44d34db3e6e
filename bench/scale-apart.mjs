/** Measures one size in a process of its own: builds a network, runs one phase, prints time and memory as JSON. */
import { check, compile, report } from "../dist/index.mjs";

const [phase, form, count] = process.argv.slice(2);
const layers = Number(count);
const RUNS = {
  check: (text) => check(text, LIMITS),
  report: (text) => report(text, LIMITS),
  "compile --target ir": (text) => compile(text, { ...LIMITS, target: "ir" }),
  compile: (text) => compile(text, LIMITS),
};
const LIMITS = { limits: { characters: 16_000_000, layers: 1_000_000 } };

/** All different by their filters as far as that goes, so that little can be shared. */
function writeOut() {
  const statements = Array.from(
    { length: layers },
    (_, index) => `  conv 1x1 ${1 + (index % 997)}`,
  );
  return `network Written {\n  input 8x8x3\n${statements.join("\n")}\n}\n`;
}

const text =
  form === "written out"
    ? writeOut()
    : `network Repeated {\n  input 8x8x3\n  ${layers} x conv 1x1 8\n}\n`;
const before = process.resourceUsage().maxRSS;
const start = performance.now();
const { diagnostics } = await RUNS[phase](text);
const milliseconds = performance.now() - start;
if (diagnostics.some(({ severity }) => severity === "error")) {
  throw new Error(diagnostics[0].message);
}
const mebibytes = (process.resourceUsage().maxRSS - before) / 1024;
console.log(JSON.stringify({ milliseconds, mebibytes }));
