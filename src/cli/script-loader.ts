/**
 * Runs the CommonJS files of the built command line from compiled code that the build has put beside them.
 *
 * Node 20 keeps no compiled code between runs. `npm run build` therefore compiles what common commands execute, and stores
 * it for the Node that it runs on. V8 checks version, flags and length of the source, and compiles as usual if they differ.
 */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import v8 from "node:v8";
import { Script } from "node:vm";

type ModuleFunction = (
  exports: unknown,
  require: (id: string) => unknown,
  module: { readonly exports: unknown },
  filename: string,
  folder: string,
) => void;

export interface ScriptLoader {
  /** What the file of an absolute path exports. */
  load(path: string): unknown;
  /** Every file that was loaded, by its path. */
  readonly scripts: ReadonlyMap<string, Script>;
}

/** Where the compiled code of a file lies. */
export function compiledPath(path: string): string {
  return `${path}.v8`;
}

/** Creates a loader. What it loads may load files of its folder, packages, and modules of Node. */
export function createScriptLoader(): ScriptLoader {
  // Most runs are over before optimised code would pay for its making; what takes long still gets it, later. V8 accepts
  // compiled code only under the flags under which it was made.
  v8.setFlagsFromString("--interrupt-budget=4000000");
  const scripts = new Map<string, Script>();
  const modules = new Map<string, { readonly exports: unknown }>();
  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known) return known.exports;
    const script = compile(path);
    const folder = dirname(path);
    const module = { exports: {} };
    scripts.set(path, script);
    modules.set(path, module);
    const requireOther = createRequire(path);
    const require = (id: string): unknown =>
      id.startsWith(".") ? load(resolve(folder, id)) : requireOther(id);
    const run = script.runInThisContext() as ModuleFunction;
    run.call(module.exports, module.exports, require, module, path, folder);
    return module.exports;
  };
  return { load, scripts };
}

function compile(path: string): Script {
  const compiled = compiledPath(path);
  return new Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, "utf8")}\n})`,
    {
      filename: path,
      ...(existsSync(compiled) ? { cachedData: readFileSync(compiled) } : {}),
    },
  );
}
