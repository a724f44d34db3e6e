/** Lists the files that a specification consists of, without checking them. */
import { createCache } from "./analyze/compiler-cache.ts";
import type { CompilerOptions } from "./compiler-options.ts";
import { limitsWith } from "./core/limits.ts";
import type { CompilerHost } from "./host.ts";
import { loadFiles, sourceFor } from "./names/load-files.ts";

/**
 * Paths of the file and of all that it imports, directly or not, each once; those that cannot be read too. As long as
 * none of them changes, the specification is the same. Never throws.
 */
export function listFiles(
  { path, host }: { readonly path: string; readonly host: CompilerHost },
  { limits, cache = createCache() }: Pick<CompilerOptions, "limits" | "cache"> = {},
): readonly string[] {
  const paths = new Set([path]);
  const main = host.read(path);
  if (!("text" in main)) return [path];
  const noting: CompilerHost = {
    resolve: host.resolve,
    read: (imported) => {
      paths.add(imported);
      return host.read(imported);
    },
  };
  loadFiles(sourceFor(path, main.text, cache), noting, limitsWith(limits), cache);
  return [...paths];
}
