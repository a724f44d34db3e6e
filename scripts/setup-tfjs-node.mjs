/**
 * Makes `import("@tensorflow/tfjs-node")` work: with the official binaries if they can be downloaded, otherwise by
 * compiling the package's C++ source against the TensorFlow from pip. It runs on request, never in `npm ci`.
 *
 *   npm run setup:tfjs-node
 *
 * Exit codes: 0 the backend works, 1 a step failed, 3 a prerequisite is missing (the last line on stderr says which).
 * The built binding and TensorFlow are kept in `.cache/tfjs-node/`, so that a run after a fresh `npm ci` takes seconds.
 * Why it is built this way: docs/tfjs-node.md.
 */
import { execFile } from "node:child_process";
import { constants } from "node:fs";
import {
  access,
  copyFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const projectDir = dirname(dirname(fileURLToPath(import.meta.url)));
const packageDir = join(projectDir, "node_modules", "@tensorflow", "tfjs-node");
const cacheDir = join(projectDir, ".cache", "tfjs-node");
const officialHost = "https://storage.googleapis.com/tensorflow/";

/** The newest Node-API version that tfjs-node names its binding's folder by. */
const NAPI_BUILD_VERSION = 8;

class SetupError extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}
const failed = (message) => new SetupError(message, 1);
const missing = (message) => new SetupError(message, 3);

function say(message) {
  process.stderr.write(`setup:tfjs-node: ${message}\n`);
}

async function exists(path) {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** The end of a child process's output: enough to see the cause. */
function tail(error) {
  const text = `${error.stdout ?? ""}\n${error.stderr ?? ""}`.trim() || String(error.message);
  return text.split("\n").slice(-12).join("\n");
}

/** What a child process learns by importing tfjs-node and training one convolution: a version line, or why not. */
const PROBE = `
import util from "node:util";
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const tf = await import("@tensorflow/tfjs");
const native = await import("@tensorflow/tfjs-node");
if (!(await tf.setBackend("tensorflow"))) throw new Error("the backend does not start");
const filter = tf.variable(tf.ones([3, 3, 1, 2]));
const loss = () => tf.conv2d(tf.ones([1, 8, 8, 1]), filter, 1, "same").square().mean();
const before = loss().dataSync()[0];
tf.train.sgd(0.01).minimize(loss);
const after = loss().dataSync()[0];
if (native.default.Tensor !== tf.Tensor) throw new Error("tfjs and tfjs-node have a tfjs-core each");
if (!(after < before)) throw new Error("a training step did not lower the loss: " + before + " -> " + after);
console.log("tfjs-node " + native.default.version["tfjs-node"] + ", TensorFlow " + tf.backend().binding.TF_Version);
`;

async function probe() {
  try {
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", PROBE], {
      cwd: projectDir,
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: "2" },
    });
    return { works: true, version: stdout.trim().split("\n").at(-1) ?? "" };
  } catch (error) {
    return { works: false, cause: tail(error) };
  }
}

/**
 * Puts the package itself into node_modules, without running its installer, where `npm ci` left the optional dependency
 * out. Neither package.json nor the lock file changes.
 */
async function installPackage() {
  const project = JSON.parse(await readFile(join(projectDir, "package.json"), "utf8"));
  const name = `@tensorflow/tfjs-node@${project.optionalDependencies["@tensorflow/tfjs-node"]}`;
  say(`installing ${name} without its install script`);
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ["npm", []];
  const options = [
    "--no-save",
    "--ignore-scripts",
    "--include=optional",
    "--no-audit",
    "--no-fund",
  ];
  try {
    await run(command, [...first, "install", ...options, name], {
      cwd: projectDir,
      maxBuffer: 1 << 26,
    });
  } catch (error) {
    throw missing(
      `npm cannot install ${name}. Repair: make its registry reachable and run this again. npm said:\n${tail(error)}`,
    );
  }
  if (!(await exists(join(packageDir, "package.json")))) {
    throw failed(`npm installed ${name}, but it is not in ${packageDir}`);
  }
}

/** Runs tfjs-node's own installer, which downloads; true when the backend works afterwards. */
async function installOfficialBinaries() {
  try {
    await fetch(officialHost, { method: "HEAD", signal: AbortSignal.timeout(5000) });
  } catch {
    say(`${new URL(officialHost).host} does not answer, so the official binaries cannot be had`);
    return false;
  }
  say("downloading the official binaries");
  try {
    await run(process.execPath, [join("scripts", "install.js")], {
      cwd: packageDir,
      env: {
        ...process.env,
        PATH: [join(projectDir, "node_modules", ".bin"), process.env.PATH].join(delimiter),
      },
    });
  } catch (error) {
    say(`the official installer failed:\n${tail(error)}`);
    return false;
  }
  return (await probe()).works;
}

/** The folder of Node-API headers that belongs to the running node. */
async function nodeHeaders() {
  const candidates = [
    join(dirname(dirname(process.execPath)), "include", "node"),
    "/usr/include/node",
  ];
  for (const candidate of candidates) {
    if (await exists(join(candidate, "node_api.h"))) return candidate;
  }
  throw missing(
    `no node_api.h in ${candidates.join(" or ")}. Repair: use a Node with its headers (nodejs.org archives and NodeSource packages have them; on Debian's own: apt-get install libnode-dev)`,
  );
}

async function onPath(names) {
  for (const name of names) {
    for (const folder of isAbsolute(name) ? [""] : (process.env.PATH ?? "").split(delimiter)) {
      const path = join(folder, name);
      try {
        await access(path, constants.X_OK);
        return path;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

async function compiler() {
  const found = await onPath(process.env.CXX ? [process.env.CXX] : ["g++", "c++", "clang++"]);
  if (found === undefined) {
    throw missing("no C++ compiler. Repair: apt-get install g++, or set CXX to one on PATH");
  }
  return found;
}

/** Fetches the tensorflow-cpu wheel (headers and shared libraries; none of its Python dependencies); returns its folder. */
async function pipTensorflow() {
  const target = join(cacheDir, "tensorflow");
  const tensorflow = join(target, "tensorflow");
  if (await exists(join(tensorflow, "libtensorflow_cc.so.2"))) {
    say(`TensorFlow is in ${target}`);
    return tensorflow;
  }
  const python = await onPath(["python3"]);
  if (python === undefined) {
    throw missing("no python3. Repair: apt-get install python3 python3-pip");
  }
  try {
    await run(python, ["-m", "pip", "--version"]);
  } catch (error) {
    throw missing(`python3 has no pip (${tail(error)}). Repair: apt-get install python3-pip`);
  }
  say("fetching tensorflow-cpu with pip (about 260 MB)");
  const partial = `${target}.partial-${process.pid}`;
  try {
    await run(
      python,
      [
        "-m",
        "pip",
        "install",
        "--retries",
        "0",
        "--timeout",
        "20",
        "--no-deps",
        "--disable-pip-version-check",
      ].concat(["--no-compile", "--target", partial, "tensorflow-cpu"]),
      { maxBuffer: 1 << 26 },
    );
    await rm(target, { recursive: true, force: true });
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    const cause = tail(error);
    const unreachable =
      /No matching distribution|Could not (find|fetch)|Connection|Max retries|Timeout|resolution|HTTP error|HTTPError/i;
    if (unreachable.test(cause)) {
      throw missing(
        `pip cannot get tensorflow-cpu for this Python from its index. Repair: give pip an index that has it (PIP_INDEX_URL). pip said:\n${cause}`,
      );
    }
    throw failed(`pip install tensorflow-cpu failed:\n${cause}`);
  }
  if (!(await exists(join(tensorflow, "libtensorflow_cc.so.2")))) {
    throw failed(
      `the tensorflow-cpu wheel in ${target} has no libtensorflow_cc.so.2; repair: delete that folder and run this again`,
    );
  }
  return tensorflow;
}

/** Lays out `deps/` as tfjs-node's build and its binding's run path expect it. */
async function linkTensorflow(depsDir, tensorflow) {
  await rm(depsDir, { recursive: true, force: true });
  await mkdir(join(depsDir, "lib"), { recursive: true });
  await symlink(join(tensorflow, "include"), join(depsDir, "include"));
  for (const [name, target] of [
    ["libtensorflow.so", "libtensorflow_cc.so.2"],
    ["libtensorflow_cc.so.2", "libtensorflow_cc.so.2"],
    ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
    ["libtensorflow_framework.so.2", "libtensorflow_framework.so.2"],
  ]) {
    await symlink(join(tensorflow, target), join(depsDir, "lib", name));
  }
}

async function tensorflowVersion(tensorflow) {
  const folders = await readdir(dirname(tensorflow));
  const dist = folders.find((folder) => /^tensorflow_cpu-.*\.dist-info$/.test(folder));
  return dist?.slice("tensorflow_cpu-".length, -".dist-info".length) ?? "unknown";
}

/** Compiles the binding in a folder of its own and returns the path of the finished file in the cache. */
async function buildBinding(tensorflow, version) {
  const finished = join(
    cacheDir,
    `tfjs_binding-${version}-tf${await tensorflowVersion(tensorflow)}.node`,
  );
  if (await exists(finished)) {
    say(`the binding is in ${finished}`);
    return finished;
  }
  const headers = await nodeHeaders();
  const cxx = await compiler();
  const staging = join(cacheDir, `build-${process.pid}`);
  try {
    await mkdir(staging, { recursive: true });
    await cp(join(packageDir, "binding"), join(staging, "binding"), { recursive: true });
    await linkTensorflow(join(staging, "deps"), tensorflow);
    const sources = (await readdir(join(staging, "binding"))).filter((file) =>
      file.endsWith(".cc"),
    );
    say(`compiling the binding with ${cxx} against ${headers}`);
    // Node-API is a stable C interface: a shared object compiled directly does what node-gyp would, without needing it.
    await run(
      cxx,
      ["-shared", "-fPIC", "-O2", "-std=c++17", "-fvisibility=hidden", "-w"].concat(
        [`-DNAPI_VERSION=${NAPI_BUILD_VERSION}`, "-DBUILDING_NODE_EXTENSION", `-I${headers}`],
        ["-Ideps/include", "-I.", ...sources.map((file) => join("binding", file))],
        ["-o", "tfjs_binding.node", "-Ldeps/lib", "-ltensorflow", "-ltensorflow_framework"],
        ["-Wl,-rpath,$ORIGIN/../../deps/lib"],
      ),
      { cwd: staging, maxBuffer: 1 << 26 },
    );
    await rename(join(staging, "tfjs_binding.node"), finished);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw failed(`compiling the binding failed:\n${tail(error)}`);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return finished;
}

/** Puts the binding and the links to TensorFlow into the installed package. */
async function installBinding(binding, tensorflow) {
  await linkTensorflow(join(packageDir, "deps"), tensorflow);
  const folder = join(packageDir, "lib", `napi-v${NAPI_BUILD_VERSION}`);
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `tfjs_binding.partial-${process.pid}`);
  await copyFile(binding, partial);
  await rename(partial, join(folder, "tfjs_binding.node"));
}

async function setup() {
  const before = await probe();
  if (before.works) return `already works: ${before.version}`;
  if (!(await exists(join(packageDir, "package.json")))) await installPackage();
  if (await installOfficialBinaries())
    return `installed the official binaries: ${(await probe()).version}`;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw missing(
      `building against pip's TensorFlow is known to work on linux-x64, this is ${process.platform}-${process.arch}. Repair: run this where ${new URL(officialHost).host} can be reached`,
    );
  }
  await mkdir(cacheDir, { recursive: true });
  const { version } = JSON.parse(await readFile(join(packageDir, "package.json"), "utf8"));
  const tensorflow = await pipTensorflow();
  const binding = await buildBinding(tensorflow, version);
  await installBinding(binding, tensorflow);
  const after = await probe();
  if (!after.works) {
    throw failed(
      `the binding was built but does not work. Repair: delete ${cacheDir} and run this again. Cause:\n${after.cause}`,
    );
  }
  return `built and works: ${after.version}`;
}

try {
  process.stdout.write(`setup:tfjs-node: ${await setup()}\n`);
} catch (error) {
  const known = error instanceof SetupError;
  say(known ? error.message : `unexpected: ${error.stack}`);
  process.exitCode = known ? error.exitCode : 1;
}
