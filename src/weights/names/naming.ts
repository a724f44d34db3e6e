/** The names that a framework's checkpoints have for the layers of a network: a file beside its specification. */
import { CheckpointError } from "../checkpoint-error.ts";
import { NAMING_STYLES, type NamingStyleName } from "./naming-style.ts";

/** One framework's names for some networks. */
export interface Naming {
  /** The file that says so, for messages. */
  readonly file: string;
  /** Of whose code the names are: `timm`, `slim`. */
  readonly name: string;
  readonly style: NamingStyleName;
  /** The networks and variants that it is for. */
  readonly networks: readonly string[];
  /**
   * Names by path of operators, or pattern of paths. A pair names a convolution and its normalization apart. Keras numbers the
   * layers that have none.
   */
  readonly modules: Readonly<Record<string, string | readonly [kernel: string, norm: string]>>;
  /** How names begin of what checkpoints hold beside the network: auxiliary heads, a classifier on top of an embedding. */
  readonly unused: readonly string[];
}

/** Reads a names file. Throws a {@link CheckpointError} that says which entry is wrong. */
export function parseNamings(file: string, text: string): readonly Naming[] {
  const root = parseJson(file, text);
  return Object.entries(root).map(([name, entry]) => {
    const fail = (reason: string): never => {
      throw new CheckpointError({ file }, `has the names \`${name}\`, ${reason}`);
    };
    if (!isRecord(entry)) return fail("which are no object");
    const { style, networks, modules, unused = [] } = entry;
    if (typeof style !== "string" || !isStyle(style)) {
      return fail(`whose \`style\` is none of ${Object.keys(NAMING_STYLES).join(", ")}`);
    }
    if (!isTexts(networks)) return fail("whose `networks` is no list of names");
    if (!isTexts(unused)) return fail("whose `unused` is no list of beginnings of names");
    if (!isRecord(modules)) return fail("whose `modules` is no object");
    const named = Object.entries(modules).map(([path, module]) => {
      if (typeof module === "string") return [path, module] as const;
      const [kernel, norm, ...more] = Array.isArray(module) ? module : [];
      if (typeof kernel !== "string" || typeof norm !== "string" || more.length > 0) {
        return fail(`whose module \`${path}\` is neither a name nor a pair of names`);
      }
      return [path, [kernel, norm]] as const;
    });
    return { file, name, style, networks, modules: Object.fromEntries(named), unused };
  });
}

function parseJson(file: string, text: string): Record<string, unknown> {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    throw new CheckpointError(
      { file },
      `is no JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  if (!isRecord(root)) throw new CheckpointError({ file }, "holds no object of names");
  return root;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isStyle(name: string): name is NamingStyleName {
  return Object.hasOwn(NAMING_STYLES, name);
}
