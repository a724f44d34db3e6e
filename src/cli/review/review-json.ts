/** Converts a review to JSON and holds its JSON Schema; a test validates one against the other. */
import { DIFF_SCHEMA, diagnosticsToJson } from "../../compiler/index.ts";
import type { Judgement } from "../diff/judge-comparison.ts";
import type { Review } from "./review-revisions.ts";

/** Grows by one when a reader of the former version could no longer read the form; additions do not count. */
const FORMAT_VERSION = 1;

/** Ready for `JSON.stringify`. */
export function reviewToJson({ base, head, settings, fileCount, files }: Review): object {
  return {
    formatVersion: FORMAT_VERSION,
    base,
    head,
    settings,
    fileCount,
    files: files.map(({ path, formerPath, isRemoved, through, errors, judgements }) => ({
      path,
      formerPath,
      isRemoved,
      through,
      errors: {
        base: diagnosticsToJson(errors.base).diagnostics,
        head: diagnosticsToJson(errors.head).diagnostics,
      },
      networks: judgements.map(networkToJson),
    })),
  };
}

function networkToJson({ diff, selected, failing, brokenLimits, hasFailed }: Judgement): object {
  return {
    diff: { ...diff, findings: selected.findings },
    hasFailed,
    failing: failing.map(({ fingerprint }) => fingerprint),
    brokenLimits,
  };
}

const { $schema, ...NETWORK_DIFF } = DIFF_SCHEMA;

const STRINGS = { type: "array", items: { type: "string" } } as const;

const ERRORS = {
  type: "array",
  description: "In the form of `inceptc check --json`.",
  items: { type: "object" },
} as const;

const NETWORK = {
  type: "object",
  required: ["diff", "hasFailed", "failing", "brokenLimits"],
  properties: {
    diff: NETWORK_DIFF,
    hasFailed: { type: "boolean" },
    failing: { ...STRINGS, description: "Fingerprints of findings." },
    brokenLimits: STRINGS,
  },
} as const;

const FILE = {
  type: "object",
  required: ["path", "formerPath", "isRemoved", "through", "errors", "networks"],
  properties: {
    path: { type: "string", description: "From the root of the repository." },
    formerPath: { type: ["string", "null"], description: "`null` where base does not have it." },
    isRemoved: { type: "boolean" },
    through: {
      ...STRINGS,
      description: "The changed files that it imports; its own text is the same.",
    },
    errors: {
      type: "object",
      required: ["base", "head"],
      properties: { base: ERRORS, head: ERRORS },
    },
    networks: {
      type: "array",
      description: "Empty where there are errors, and for a file of modules.",
      items: NETWORK,
    },
  },
} as const;

const VALUE = {
  type: ["string", "null"],
  description: "In JSON; `null` where there is none.",
} as const;

const SETTING = {
  type: "object",
  required: ["key", "base", "head", "fingerprint", "isApproved", "hasFailed"],
  properties: {
    key: { type: "string", description: "With dots between nested keys: `set.classes`." },
    base: VALUE,
    head: VALUE,
    fingerprint: { type: "string" },
    isApproved: { type: "boolean" },
    hasFailed: { type: "boolean" },
  },
} as const;

/** JSON Schema, draft 2020-12. Properties may be added within a `formatVersion`. */
export const REVIEW_SCHEMA = {
  $schema,
  title: "inceptc review",
  type: "object",
  required: ["formatVersion", "base", "head", "fileCount", "files"],
  properties: {
    formatVersion: { const: FORMAT_VERSION },
    base: { type: "string", description: "The merge base of base and head." },
    head: { type: "string" },
    settings: {
      type: "array",
      description: "What differs between the configuration files of base and head.",
      items: SETTING,
    },
    fileCount: { type: "integer", minimum: 0, description: "Files that were checked." },
    files: { type: "array", items: FILE },
  },
} as const;
