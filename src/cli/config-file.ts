/** Finds and reads inceptc.config.json; its keys are interpreted as options elsewhere. */
import { join } from "node:path";
import { decodeText } from "../node/decode-text.ts";
import { MAX_SOURCE_BYTES, readFileBytes } from "../node/file-bytes.ts";
import { findUpward } from "../node/find-upward.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { Failure } from "./failure.ts";

export const CONFIG_FILE = "inceptc.config.json";

export type JsonObject = Readonly<Record<string, unknown>>;

export interface ConfigFile {
  /** The folder of the file; absolute. Relative paths in the file start here. */
  readonly folder: string;
  readonly path: string;
  readonly content: JsonObject;
}

/** The nearest configuration file from `cwd` upwards. Throws a {@link Failure} for one that cannot be read or is no JSON object. */
export function findConfigFile(cwd: string): ConfigFile | undefined {
  const folder = findUpward(CONFIG_FILE, cwd);
  if (folder === undefined) return undefined;
  const path = join(folder, CONFIG_FILE);
  return toConfigFile(readText(path), path, folder);
}

/** What a configuration file says; throws a {@link Failure} for text that is no JSON object. */
export function toConfigFile(text: string, path: string, folder: string): ConfigFile {
  const content = parseJson(text, path);
  if (!isJsonObject(content)) {
    throw new Failure(EXIT_CODES.usage, `${path} must contain one JSON object, \`{ … }\``);
  }
  return { folder, path, content };
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readText(path: string): string {
  const file = readFileBytes(path, { maxBytes: MAX_SOURCE_BYTES, allowStreams: false });
  if ("problem" in file) {
    const detail = "detail" in file ? file.detail : "does not exist";
    throw new Failure(EXIT_CODES.unreadable, `${path} ${detail}`);
  }
  const decoded = decodeText(file.bytes);
  if ("problem" in decoded) throw new Failure(EXIT_CODES.unreadable, `${path} ${decoded.problem}`);
  return decoded.text;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(EXIT_CODES.usage, `${path} is not JSON: ${reason}`);
  }
}
