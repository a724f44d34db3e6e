/** Reads the JSON files that a comparison takes: maps of renamed paths, and approvals by fingerprint. */

import type { PathMap } from "../../compiler/index.ts";
import { readInputFile } from "../../node/read-input.ts";
import { isJsonObject, type JsonObject } from "../config-file.ts";
import { EXIT_CODES } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { Terminal } from "../terminal.ts";

/** `{"formatVersion": 1, "map": {"old.path": "new.path"}}`; a path may have several that are tried in order. */
export function readPathMap(path: string, terminal: Terminal): PathMap {
  const { map } = readVersioned(path, terminal);
  if (!isJsonObject(map)) throw wrongForm(path, '"map" must be an object of paths');
  return new Map(
    Object.entries(map).map(([from, to]) => {
      const targets = typeof to === "string" ? [to] : to;
      if (!isStringList(targets)) {
        throw wrongForm(path, `"${from}" must be mapped to a path or a list of paths`);
      }
      return [from, targets];
    }),
  );
}

/** Whether a text that begins so is such a map. */
export function isPathMap(start: string): boolean {
  return /^\{\s*"formatVersion":\s*\d+,\s*"map":\s*\{/.test(start);
}

export function toPathMapText(paths: ReadonlyMap<string, string>): string {
  const content = { formatVersion: 1, map: Object.fromEntries(paths) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** `{"formatVersion": 1, "approved": [{"fingerprint": "…", "reason": "…"}]}`; the reason is for people. */
export function readApprovals(path: string, terminal: Terminal): ReadonlySet<string> {
  const { approved } = readVersioned(path, terminal);
  if (!Array.isArray(approved)) throw wrongForm(path, '"approved" must be a list');
  return new Set(
    approved.map((entry: unknown, index) => {
      const fingerprint = isJsonObject(entry) ? entry.fingerprint : entry;
      if (typeof fingerprint === "string" && /^[0-9a-f]{12}$/.test(fingerprint)) return fingerprint;
      throw wrongForm(path, `entry ${index + 1} of "approved" has no fingerprint of 12 digits`);
    }),
  );
}

function readVersioned(path: string, { cwd }: Terminal): JsonObject {
  const input = readInputFile(path, cwd);
  if ("problem" in input) {
    throw new Failure(EXIT_CODES.unreadable, `${path} ${input.problem}`, input.help);
  }
  let content: unknown;
  try {
    content = JSON.parse(input.text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(EXIT_CODES.unreadable, `${path} is not JSON: ${reason}`);
  }
  if (!isJsonObject(content)) throw wrongForm(path, "it must contain one JSON object");
  if (content.formatVersion !== 1) throw wrongForm(path, '"formatVersion" must be 1');
  return content;
}

function wrongForm(path: string, reason: string): Failure {
  return new Failure(EXIT_CODES.unreadable, `${path} does not have the expected form: ${reason}`);
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
