/** A compiler host over texts in memory, under the folder `/`. */
import { posix } from "node:path";
import type { CompilerHost } from "../../src/compiler/host.ts";

/** Files by path from the root: `main.incept`, `modules/a.incept`. */
export function createMemoryHost(files: Readonly<Record<string, string>>): CompilerHost {
  return {
    read: (path) => {
      if (path.startsWith("..")) return { problem: "outside-root" };
      const text = files[path];
      return text === undefined ? { problem: "not-found" } : { text };
    },
    resolve: (specifier, from) => posix.normalize(posix.join(posix.dirname(from), specifier)),
  };
}
