/** Finds the configuration file of a revision, and what differs between those of two. */
import { resolve } from "node:path";
import { fingerprint } from "../../compiler/core/fingerprint.ts";
import type { OpenGitTree } from "../../node/git-files.ts";
import {
  CONFIG_FILE,
  type ConfigFile,
  findConfigFile,
  isJsonObject,
  toConfigFile,
} from "../config-file.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";

/**
 * The nearest file from the folder upwards, as the revision has it; above the repository, that on disk. Throws a
 * {@link Failure} for one that cannot be read or is no JSON object.
 */
export function findRevisionConfig(
  commit: string,
  { host, pathOf }: OpenGitTree,
  folder: string,
): ConfigFile | undefined {
  for (let way = "."; ; way = `${way}/..`) {
    const path = pathOf(`${way}/${CONFIG_FILE}`);
    const read = host.read(path);
    const shown = `${commit.slice(0, 10)}:${path}`;
    if ("text" in read) return toConfigFile(read.text, shown, resolve(folder, way));
    if (read.problem === "outside-root") return findConfigFile(resolve(folder, way));
    if (read.problem === "not-found") continue;
    throw new Failure(EXIT_CODES.unreadable, `${shown} ${read.detail ?? "cannot be read"}`);
  }
}

/** A value of the configuration that is not the same on both sides. */
export interface SettingChange {
  /** The keys on the way to the value, with dots: `set.classes`, `review.failOn`. */
  readonly key: string;
  /** In JSON; `null` where the side does not have the key. */
  readonly base: string | null;
  readonly head: string | null;
  readonly fingerprint: string;
}

/** In the order of head, then what only base has. */
export function compareConfigs(
  base: ConfigFile | undefined,
  head: ConfigFile | undefined,
): readonly SettingChange[] {
  const bases = new Map(leavesOf(base?.content ?? {}));
  const heads = new Map(leavesOf(head?.content ?? {}));
  return [...new Map([...heads, ...bases]).keys()].flatMap((key) => {
    const [one = null, other = null] = [bases.get(key), heads.get(key)];
    if (one === other) return [];
    const identity = ["setting-changed", key, String(one), String(other)];
    return [{ key, base: one, head: other, fingerprint: fingerprint(identity) }];
  });
}

/** Values that are no objects, each with its keys. `$schema` is for editors. */
function leavesOf(value: unknown, key = ""): readonly (readonly [key: string, json: string])[] {
  if (!isJsonObject(value)) return [[key, JSON.stringify(value)]];
  return Object.entries(value)
    .filter(([name]) => name !== "$schema")
    .flatMap(([name, inner]) => leavesOf(inner, key === "" ? name : `${key}.${name}`));
}
