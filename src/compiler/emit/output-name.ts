/** Derives the file name of a network's output, without extension; equal names always give equal file names. */
import type { Architecture } from "../ir/architecture.ts";

/**
 * The network's name in kebab-case. Where it begins like the name of its own file, it takes that spelling:
 * `InceptionResNetV1Facenet` in `inception-resnet-v1.incept` becomes `inception-resnet-v1-facenet`.
 */
export function outputName({ name, span }: Architecture): string {
  const file = /([^/\\]+?)(?:\.incept)?$/.exec(span.file.path)?.[1] ?? "";
  const plain = file.replaceAll("-", "");
  const isSpelt = /^[a-z][a-z0-9-]*$/.test(file) && name.toLowerCase().startsWith(plain);
  if (!isSpelt) return toKebabCase(name);
  const rest = name.slice(plain.length);
  // Only whole words may be split off: `Net` is not the beginning of `Network`.
  if (rest !== "" && !/^[A-Z]/.test(rest)) return toKebabCase(name);
  return rest === "" ? file : `${file}-${toKebabCase(rest)}`;
}

function toKebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}
