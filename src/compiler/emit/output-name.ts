/** Derives the file name of a network's output, without extension; equal names always give equal file names. */
import type { Architecture } from "../ir/architecture.ts";

/**
 * The network's name in kebab-case, as {@link toKebabCase} splits it. Where it begins like the name of its own file, it
 * takes that spelling: `InceptionResNetV1Facenet` in `inception-resnet-v1.incept` becomes `inception-resnet-v1-facenet`.
 */
export function outputName({ name, span }: Architecture): string {
  const file = /([^/\\]+?)(?:\.incept)?$/.exec(span.file.path)?.[1] ?? "";
  const plain = file.replaceAll("-", "");
  const isSpelt = /^[a-z][a-z0-9-]*$/.test(file) && name.toLowerCase().startsWith(plain);
  if (!isSpelt) return toKebabCase(name);
  const rest = name.slice(plain.length);
  // Only whole words may be split off: `Net` is not the beginning of `Network`, nor `Res` of `ResNet`.
  if (rest !== "" && (!/^[A-Z]/.test(rest) || JOINED.test(rest))) return toKebabCase(name);
  return rest === "" ? file : `${file}-${toKebabCase(rest)}`;
}

/** What belongs to the word before it: `ResNet50`, `ConvNeXt`. */
const JOINED = /^Ne[Xx]?t(?![a-z])/;

/**
 * A new word begins at a capital letter after a small letter or a digit, and at the last capital of several before small
 * letters (`SEResNet`). Digits stay with the word before them, and `Net` and `NeXt` too: `ResNet50D` becomes `resnet50-d`.
 * After a single letter they do not: `u-net`. `GoogLeNet` alone has a capital inside a word.
 */
function toKebabCase(name: string): string {
  return name
    .replaceAll("GoogLe", "Google")
    .replaceAll("NeXt", "Next")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z](?!\d|$))/g, "$1-$2")
    .replace(/(?<=[A-Za-z0-9]{2})-(?=(?:Net|Next)(?![a-z]))/g, "")
    .replaceAll("_", "-")
    .toLowerCase();
}
