/**
 * Runs `npm run demo`: checks, measures and compiles two networks, then imports, builds and runs them on a picture. The
 * weights are random: the demo shows that the networks run, not what they have learned.
 *
 *   npm run demo [-- [--backend tfjs-node|wasm|cpu] [PICTURE.png]]
 *
 * Results go to standard output, progress to standard error. A step that fails ends the command with exit code 1.
 */
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import {
  compile,
  type Diagnostic,
  type NetworkReport,
  renderDiagnostics,
  report,
} from "../../src/compiler/index.ts";
import { createNodeHost } from "../../src/node/node-host.ts";
import { writeFiles } from "../../src/node/write-files.ts";
import { type BackendChoice, loadBackend } from "../../src/runtime/load-backend.ts";
import type { RgbaPicture } from "../../src/runtime/preprocess.ts";
import { readPicture } from "./read-picture.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDER = join(ROOT, ".cache", "demo");
const PICTURE = join(ROOT, "docs", "pictures", "demo.png");
const RUNS = 3;

const NETWORKS = [
  { path: "specs/inception-v4.incept", network: "InceptionV4" },
  { path: "specs/inception-resnet-v2.incept", network: "InceptionResNetV2" },
] as const;

type DemoNetwork = (typeof NETWORKS)[number];

interface Compiled {
  readonly report: NetworkReport;
  /** Where the generated code is. */
  readonly file: string;
}

/** What of the generated code is used here. */
interface Generated {
  readonly create: () => tf.LayersModel;
  readonly preprocess: (picture: RgbaPicture) => tf.Tensor;
}

async function demo(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { backend: { type: "string" } },
    allowPositionals: true,
  });
  const picturePath = positionals[0] ?? PICTURE;
  const picture = readPicture(picturePath);
  progress("starting a backend");
  const { reason } = await loadBackend({ prefer: backendsFor(values.backend) });
  print(`Backend   ${reason}`);
  print(`Picture   ${shown(picturePath)}, ${picture.width}x${picture.height}`);
  for (const one of NETWORKS) {
    const compiled = await compileNetwork(one);
    await runNetwork(one, compiled, picture);
  }
}

/** The named backend alone, or all from the fastest on. */
function backendsFor(name: string | undefined): readonly BackendChoice[] {
  const all: readonly BackendChoice[] = ["tfjs-node", "wasm", "cpu"];
  if (name === undefined) return all;
  const named = all.filter((choice) => choice === name);
  if (named.length === 0) throw new Error(`--backend is one of ${all.join(", ")}, not ${name}`);
  return named;
}

async function compileNetwork({ path, network }: DemoNetwork): Promise<Compiled> {
  progress(`${network}: checking and compiling ${path}`);
  const input = { path, host: createNodeHost({ cwd: ROOT, root: ROOT }) };
  const started = performance.now();
  const measured = report(input, { network });
  const { diagnostics, files } = await compile(input, { network });
  const duration = performance.now() - started;
  requireNoErrors(diagnostics);
  const [file] = writeFiles(FOLDER, files);
  if (measured.report === undefined || file === undefined) {
    throw new Error(`${path} has no network ${network}`);
  }
  const { params, macs } = measured.report;
  print("");
  print(`${network}, from ${path}`);
  print(`  code        ${shown(file)}, checked and compiled in ${seconds(duration)}`);
  print(`  cost        ${count(params.total)} parameters, ${count(macs)} multiply-adds a picture`);
  return { report: measured.report, file };
}

async function runNetwork(
  { network }: DemoNetwork,
  compiled: Compiled,
  picture: RgbaPicture,
): Promise<void> {
  const generated = await importGenerated(compiled.file, network);
  progress(`${network}: building the model`);
  const started = performance.now();
  const model = generated.create();
  const built = performance.now() - started;
  requireEqual("parameters", model.countParams(), compiled.report.params.total);
  print(`  model       ${model.layers.length} layers, built in ${seconds(built)}`);

  const input = generated.preprocess(picture);
  const durations: number[] = [];
  let output: Prediction = predict(model, input);
  for (let run = 1; run <= RUNS; run++) {
    progress(`${network}: run ${run} of ${RUNS}`);
    const runStarted = performance.now();
    output = predict(model, input);
    durations.push(performance.now() - runStarted);
  }
  requireEqual(
    "output shape",
    output.shape.slice(1).join("x"),
    (compiled.report.outputs[0]?.shape ?? []).join("x"),
  );
  const sum = output.values.reduce((total, value) => total + value, 0);
  if (!(Math.abs(sum - 1) < 1e-3)) throw new Error(`${network}: probabilities add up to ${sum}`);
  const median = durations.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Number.NaN;
  print(`  shapes      ${input.shape.join("x")} -> ${output.shape.join("x")}`);
  print(`  run         ${seconds(median)} a picture, median of ${RUNS} after one to warm up`);
  print(`  output      probabilities from ${range(output.values)}, adding up to ${sum.toFixed(4)}`);
  input.dispose();
  model.dispose();
}

interface Prediction {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

function predict(model: tf.LayersModel, input: tf.Tensor): Prediction {
  return tf.tidy(() => {
    const result = model.predict(input);
    const output = Array.isArray(result) ? result[0] : result;
    if (output === undefined) throw new Error(`${model.name} has no output`);
    return { shape: output.shape, values: [...output.dataSync()] };
  });
}

async function importGenerated(file: string, network: string): Promise<Generated> {
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  const create = module[`create${network}`];
  const preprocess = module.preprocess;
  if (typeof create !== "function" || typeof preprocess !== "function") {
    throw new Error(`${shown(file)} does not export create${network} and preprocess`);
  }
  return {
    create: () => {
      const model: unknown = create();
      if (model instanceof tf.LayersModel) return model;
      throw new Error(`create${network} does not return a model`);
    },
    preprocess: (picture) => {
      const input: unknown = preprocess(picture);
      if (input instanceof tf.Tensor) return input;
      throw new Error("preprocess does not return a tensor");
    },
  };
}

function requireNoErrors(diagnostics: readonly Diagnostic[]): void {
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  if (diagnostics.length > 0) process.stderr.write(`${renderDiagnostics(diagnostics)}\n`);
  if (hasErrors) throw new Error("the specification has errors");
}

function requireEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${what}: the model has ${actual}, the report ${expected}`);
}

const count = (value: number): string => value.toLocaleString("en");
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
const shown = (path: string): string => relative(process.cwd(), path);

function range(values: readonly number[]): string {
  const [smallest, largest] = [Math.min(...values), Math.max(...values)];
  return `${smallest.toPrecision(3)} to ${largest.toPrecision(3)}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function progress(line: string): void {
  process.stderr.write(`demo: ${line}\n`);
}

// The wasm backend rethrows what no one catches and hides where it came from.
try {
  await demo();
} catch (error) {
  process.stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
