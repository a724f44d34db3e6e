/** Messages of the name family: unknown, ambiguous or duplicate names. */
import { orRaise } from "../../core/limits.ts";
import { didYouMean, error } from "./entry.ts";

export interface Unknown {
  readonly name: string;
  readonly near: readonly string[];
}

export const nameCatalogue = {
  "name/unknown-operator": error<Unknown>(
    ({ name }) => `there is no operator called \`${name}\``,
    ({ near }) =>
      didYouMean(near) ??
      "`inceptc ops` lists the operators; modules start with an upper-case letter",
  ),
  "name/unknown-module": error<Unknown>(
    ({ name }) => `there is no module called \`${name}\` here`,
    ({ near, name }) =>
      didYouMean(near) ?? `declare it, or import it: \`import { ${name} } from "./….incept"\``,
  ),
  "name/unknown-network": error<Unknown>(
    ({ name }) => `there is no network called \`${name}\` here`,
    ({ near, name }) =>
      didYouMean(near) ?? `declare it, or import it: \`import { ${name} } from "./….incept"\``,
  ),
  "name/unknown-name": error<Unknown>(
    ({ name }) => `nothing here is called \`${name}\``,
    ({ near, name }) =>
      didYouMean(near) ??
      (/^[A-Z]/.test(name)
        ? "sizes have names in a module's signature, `[H, W, C]`, and in a network's input, `input [H, W, C] = 224x224x3`"
        : `add it as a parameter, or declare \`let ${name} = …\``),
  ),
  "name/unknown-function": error<Unknown & { readonly known: readonly string[] }>(
    ({ name }) => `there is no function called \`${name}\``,
    ({ near, known }) =>
      didYouMean(near) ?? `the functions are ${known.map((one) => `\`${one}\``).join(", ")}`,
  ),
  "name/unbound-size": error<Unknown>(
    ({ name }) => `the size \`${name}\` does not occur in the input shape`,
    ({ near, name }) =>
      didYouMean(near) ?? `name \`${name}\` before \`=>\`, or write \`_\` for any size`,
  ),
  "name/unknown-argument": error<{
    module: string;
    name: string;
    near: readonly string[];
    known: readonly string[];
  }>(
    ({ module, name }) => `\`${module}\` has no parameter called \`${name}\``,
    ({ near, known, module }) =>
      didYouMean(near) ??
      (known.length === 0
        ? `\`${module}\` takes no arguments`
        : `it takes ${known.map((one) => `\`${one}\``).join(", ")}`),
  ),
  "name/missing-argument": error<{ module: string; name: string; type: string }>(
    ({ module, name, type }) => `\`${module}\` needs a value for \`${name}\` (${type})`,
    ({ name }) => `add \`${name}=…\` to the call, or give the parameter a default`,
  ),
  "name/duplicate-argument": error<{ name: string }>(
    ({ name }) => `\`${name}\` is given twice`,
    () => "keep one of them",
  ),
  "name/positional-after-named": error<{ module: string }>(
    ({ module }) => `this argument of \`${module}\` has no name, but follows one that has`,
    () => "name it (`name=value`), or move it before the named arguments",
  ),
  "name/too-many-arguments": error<{ module: string; count: number; found: number }>(
    ({ module, count, found }) =>
      `\`${module}\` takes ${count === 1 ? "1 argument" : `${count} arguments`}, found ${found}`,
    ({ module }) => `remove it, or declare a parameter for it in \`${module}\``,
  ),
  "name/duplicate": error<{ name: string; what: string }>(
    ({ name, what }) => `${what} \`${name}\` is declared twice`,
    () => "rename one of them: names must be unique",
  ),
  "name/index-hides": error<{ name: string }>(
    ({ name }) =>
      `\`${name}\` already has a meaning here, which the index of this repeat would hide`,
    () => "call the index something else",
  ),
  "name/duplicate-label": error<{ name: string; scope: string }>(
    ({ name, scope }) =>
      `\`${name}\` already names something in ${scope === "" ? "this network" : `\`${scope}\``}`,
    () => "rename one of them: labels become the paths of layers and weights",
  ),
  "name/wrong-case": error<{ name: string; repaired: string; what: string; isUpper: boolean }>(
    ({ name, what, isUpper }) =>
      `${what} start with ${isUpper ? "an upper" : "a lower"}-case letter; \`${name}\` does not`,
    ({ repaired }) => `rename it to \`${repaired}\``,
  ),
  "name/recursive-module": error<{ cycle: readonly string[] }>(
    ({ cycle }) => `a module cannot contain itself: ${cycle.join(" → ")}`,
    () => "repeat a block with `N x Block` instead",
  ),
  "name/recursive-variant": error<{ cycle: readonly string[] }>(
    ({ cycle }) => `a variant cannot be its own base: ${cycle.join(" → ")}`,
    () => "one of them must be a variant of a network",
  ),
  "name/variant-chain-too-long": error<{ limit: number }>(
    ({ limit }) => `there are more than ${limit} variants between this one and its network`,
    () => "base it on a variant closer to the network, and repeat the edits in between",
  ),
  "name/cyclic-value": error<{ cycle: readonly string[] }>(
    ({ cycle }) => `this value depends on itself: ${cycle.join(" → ")}`,
    () => "give one of them a value that does not depend on the others",
  ),
  "name/unknown-path": error<{ path: string; network: string; near: readonly string[] }>(
    ({ path, network }) => `\`${network}\` has nothing at \`${path}\``,
    ({ near, network }) =>
      didYouMean(near) ?? `\`inceptc report\` lists the blocks of \`${network}\``,
  ),
  "name/import-not-found": error<{ specifier: string; path: string }>(
    ({ specifier, path }) => `\`${specifier}\` does not exist (looked for \`${path}\`)`,
    () => "paths are relative to this file and end in `.incept`",
  ),
  "name/import-outside-root": error<{ specifier: string }>(
    ({ specifier }) => `\`${specifier}\` is outside the folder that imports may be read from`,
    () => "pass `--root DIR` with a folder that contains both files",
  ),
  "name/import-not-readable": error<{ specifier: string; detail: string }>(
    ({ specifier, detail }) =>
      `\`${specifier}\` cannot be read: ${detail.startsWith("is ") ? "it " : ""}${detail}`,
    () => "name a file of UTF-8 text that ends in `.incept`",
  ),
  "name/file-not-readable": error<{ path: string; detail: string }>(
    ({ path, detail }) => `\`${path}\` cannot be read: ${detail}`,
    () => "paths are relative to the current folder",
  ),
  "name/import-limit": error<{ limit: number; what: "files" | "characters" }>(
    ({ limit, what }) =>
      what === "files"
        ? `with this import, the program has more than ${limit} files`
        : `with this import, the program's files have more than ${limit} characters`,
    ({ limit, what }) => orRaise("import fewer files", what, limit),
  ),
  "name/not-in-file": error<{ name: string; specifier: string; near: readonly string[] }>(
    ({ name, specifier }) => `\`${specifier}\` declares nothing called \`${name}\``,
    ({ near, specifier }) =>
      didYouMean(near) ?? `declare it in \`${specifier}\`, or import it from the file that does`,
  ),
} as const;
