/** Reads the file that a user named, or standard input, and explains what is wrong when that fails. */
import { readdirSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { suggest } from "../compiler/core/suggest.ts";
import { decodeText } from "./decode-text.ts";
import { isFolder, MAX_SOURCE_BYTES, readFileBytes, tooLarge } from "./file-bytes.ts";

/** The text of an input, or a sentence about it that does not repeat its name, and perhaps what to do. */
export type InputText =
  | { readonly text: string }
  | { readonly problem: string; readonly help?: string };

/** Reads the file at `path`, unless told otherwise also a pipe such as a shell's `<(…)`. Never throws. */
export function readInputFile(
  path: string,
  cwd: string,
  { allowStreams = true }: { readonly allowStreams?: boolean } = {},
): InputText {
  const file = readFileBytes(resolve(cwd, path), { maxBytes: MAX_SOURCE_BYTES, allowStreams });
  if ("bytes" in file) return decodeText(file.bytes);
  if (file.problem === "not-found") return notFound(path, cwd);
  return { problem: file.detail, ...folderHelp(path, cwd) };
}

/** Decodes what came from standard input; `bytes` may have been cut after the limit. */
export function decodeInput(bytes: Uint8Array, maxBytes = MAX_SOURCE_BYTES): InputText {
  return bytes.length > maxBytes ? { problem: tooLarge(maxBytes) } : decodeText(bytes);
}

function notFound(path: string, cwd: string): InputText {
  const folder = dirname(resolve(cwd, path));
  if (!isFolder(folder)) return { problem: `does not exist: there is no folder ${dirname(path)}` };
  // Names of equal extension are compared without it, since two of them would always look similar.
  const extension = extname(path);
  const stems = listFolder(folder)
    .filter((name) => extname(name) === extension)
    .map((name) => basename(name, extension));
  const near = suggest(basename(path, extension), stems).map((stem) =>
    join(dirname(path), stem + extension),
  );
  return {
    problem: "does not exist",
    ...(near.length > 0 ? { help: `did you mean ${near.join(" or ")}?` } : {}),
  };
}

/** Names a few specifications in the folder that was given where a file was meant. */
function folderHelp(path: string, cwd: string): { readonly help?: string } {
  const folder = resolve(cwd, path);
  if (!isFolder(folder)) return {};
  const specs = listFolder(folder).filter((name) => name.endsWith(".incept"));
  const named = specs.slice(0, 3).map((name) => join(path, name));
  return named.length > 0 ? { help: `name a file in it: ${named.join(", ")}` } : {};
}

function listFolder(path: string): readonly string[] {
  try {
    return readdirSync(path).sort();
  } catch {
    return [];
  }
}
