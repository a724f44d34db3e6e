/** Gives the compiler read access to the file system, confined to one root folder. */
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import type { CompilerHost, ReadResult } from "../compiler/host.ts";
import { decodeText } from "./decode-text.ts";
import { MAX_SOURCE_BYTES, readFileBytes } from "./file-bytes.ts";
import { isInside, realPathOf } from "./root-directory.ts";

export interface NodeHostOptions {
  /** Relative paths start here; absolute. */
  readonly cwd: string;
  /** Nothing outside this folder is read, not through a symbolic link either; absolute. */
  readonly root: string;
  /** Text that stands for a file, whether or not that file exists: standard input, an editor's unsaved text. */
  readonly overlay?: { readonly path: string; readonly text: string };
  /** The most bytes a file may have. */
  readonly maxBytes?: number;
}

/**
 * A host on `node:fs`. Paths are those that a user would type from `cwd`, with `/` between folders; a file that can be
 * reached by two paths is known by the first one seen.
 */
export function createNodeHost(options: NodeHostOptions): CompilerHost {
  const root = realPathOf(options.root);
  const maxBytes = options.maxBytes ?? MAX_SOURCE_BYTES;
  const shownPaths = new Map<string, string>();
  const absolute = (path: string): string => resolve(options.cwd, path);

  const show = (path: string): string => {
    const real = realPathOf(absolute(path));
    const known = shownPaths.get(real);
    if (known !== undefined) return known;
    shownPaths.set(real, path);
    return path;
  };
  if (options.overlay) show(options.overlay.path);

  const read = (path: string): ReadResult => {
    const { overlay } = options;
    if (overlay && show(path) === overlay.path) return { text: overlay.text };
    const real = realPathOf(absolute(path));
    if (!isInside(root, real)) return { problem: "outside-root", detail: root };
    const file = readFileBytes(real, { maxBytes, allowStreams: false });
    if ("problem" in file) return file;
    const decoded = decodeText(file.bytes);
    if ("problem" in decoded) return { problem: "not-readable", detail: decoded.problem };
    show(path);
    return decoded;
  };

  const resolveImport = (specifier: string, from: string): string => {
    const target = resolve(dirname(absolute(from)), specifier);
    return show(isAbsolute(from) ? withSlashes(target) : withSlashes(relativeTo(target)));
  };

  const relativeTo = (path: string): string => relative(options.cwd, path) || ".";

  return { read, resolve: resolveImport };
}

function withSlashes(path: string): string {
  return sep === "/" ? path : path.split(sep).join("/");
}
