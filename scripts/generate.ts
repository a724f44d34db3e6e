/**
 * Writes generated/: what the compiler makes of the networks of specs/. With `--check` it writes nothing and fails where a
 * file is missing, stale or left over.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { compile, type GeneratedFile, renderDiagnostics } from "../src/compiler/index.ts";
import { createNodeHost } from "../src/node/node-host.ts";
import { compareFile, writeFiles } from "../src/node/write-files.ts";

const ROOT = join(import.meta.dirname, "..");
const FOLDER = join(ROOT, "generated");

/** One network of each kind; variants differ from these in numbers alone, but for the auxiliary outputs. */
const NETWORKS: readonly (readonly [path: string, ...networks: string[]])[] = [
  ["specs/starter.incept", "Starter"],
  ["specs/inception-v3.incept", "InceptionV3", "InceptionV3SlimAux"],
  ["specs/inception-v4.incept", "InceptionV4"],
  ["specs/inception-resnet-v1.incept", "InceptionResNetV1", "InceptionResNetV1Facenet"],
  ["specs/inception-resnet-v2.incept", "InceptionResNetV2"],
  ["specs/inception-resnet-v2-paper.incept", "InceptionResNetV2Paper"],
  ["specs/resnet-50.incept", "ResNet50"],
  ["specs/variants.incept", "SmallInceptionResNet", "SmallHalfWidth"],
  ["specs/zoo/densenet-121.incept", "DenseNet121"],
  ["specs/zoo/googlenet.incept", "GoogLeNet"],
  ["specs/zoo/mobilenet-v2.incept", "MobileNetV2"],
  ["specs/zoo/resnext-50.incept", "ResNeXt50"],
  ["specs/zoo/se-resnet-50.incept", "SEResNet50"],
  ["specs/zoo/squeezenet.incept", "SqueezeNet"],
  ["specs/zoo/u-net.incept", "UNet"],
  ["specs/zoo/xception.incept", "Xception"],
];

async function compileAll(): Promise<readonly GeneratedFile[]> {
  const host = createNodeHost({ cwd: ROOT, root: ROOT });
  const files: GeneratedFile[] = [];
  for (const [path, ...networks] of NETWORKS) {
    for (const network of networks) {
      const result = await compile({ path, host }, { network });
      if (result.files.length === 0) {
        throw new Error(`${network} of ${path}:\n${renderDiagnostics(result.diagnostics)}`);
      }
      files.push(...result.files);
    }
  }
  return files;
}

const files = await compileAll();
const names = new Set(files.map(({ fileName }) => fileName));
const present = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
const leftOver = present.filter((name) => name.endsWith(".ts") && !names.has(name));
if (process.argv.includes("--check")) {
  const stale = files.filter((file) => compareFile(FOLDER, file) !== "unchanged");
  const wrong = [...stale.map(({ fileName }) => fileName), ...leftOver];
  for (const name of wrong) console.error(`generated/${name} is not what the compiler writes now`);
  if (wrong.length > 0) {
    console.error("npm run generate writes it anew");
    process.exitCode = 1;
  }
} else {
  writeFiles(FOLDER, files);
  for (const name of leftOver) rmSync(join(FOLDER, name));
}
