/** The JSON Schema of `inceptc diff --json`; a test validates real output against it. */
import { FINDING_CLASSES } from "./classes.ts";

type Schema = Readonly<Record<string, unknown>>;

function object(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: "object", required: Object.keys(properties), properties };
}

function list(items: Schema): Schema {
  return { type: "array", items };
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}

const STRING: Schema = { type: "string" };
const NUMBER: Schema = { type: "number" };
const BOOLEAN: Schema = { type: "boolean" };
const COUNT: Schema = { type: "integer", minimum: 0 };
const SHAPE = list(COUNT);
const VALUE: Schema = { anyOf: [{ type: ["null", "boolean", "number", "string"] }, list(NUMBER)] };

const PLACE = object({ file: STRING, line: COUNT, column: COUNT });

const FINDING = object({
  id: { type: "string", description: "The rule, one of those that `inceptc rules` lists." },
  class: { enum: FINDING_CLASSES },
  level: { enum: ["error", "warning", "info", "off"] },
  scope: { enum: ["source", "graph"] },
  path: {
    type: "string",
    description: "`*` stands for all instances of a repeat, `{0-4}` for some.",
  },
  times: COUNT,
  base: orNull(PLACE),
  head: orNull(PLACE),
  before: VALUE,
  after: VALUE,
  message: STRING,
  isConsequence: BOOLEAN,
  fingerprint: { type: "string", pattern: "^[0-9a-f]{12}$" },
});

const MOVE = { base: STRING, head: STRING, shape: SHAPE, bytes: COUNT };

const AXES = list(object({ axis: COUNT, runs: list(list(COUNT)) }));

const UNMATCHED = object({
  name: STRING,
  shape: SHAPE,
  bytes: COUNT,
  repair: orNull({
    anyOf: [
      object({ kind: { const: "fill" }, value: NUMBER }),
      object({ kind: { const: "fold" }, into: list(STRING), axes: AXES }),
    ],
  }),
});

const WEIGHTS = object({
  verdict: { enum: ["full", "permuted", "partial", "none"] },
  isRepairable: BOOLEAN,
  matched: list(object(MOVE)),
  permuted: list(object({ ...MOVE, axes: AXES })),
  missing: list(UNMATCHED),
  extra: list(UNMATCHED),
  mismatched: list(
    object({
      base: STRING,
      head: STRING,
      baseShape: SHAPE,
      headShape: SHAPE,
      reason: { enum: ["shape", "channels"] },
    }),
  ),
  renamedCount: COUNT,
  baseTensors: COUNT,
  headTensors: COUNT,
  bytesReusable: COUNT,
  bytesTotal: COUNT,
});

const DELTA = object({ base: orNull(NUMBER), head: orNull(NUMBER), delta: orNull(NUMBER) });

const SIDE = object({ network: STRING, file: STRING, input: STRING, convs: COUNT, layers: COUNT });

/** JSON Schema, draft 2020-12. Properties may be added within a `formatVersion`. */
export const DIFF_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "inceptc diff",
  ...object({
    formatVersion: { const: 1 },
    base: orNull(SIDE),
    head: orNull(SIDE),
    findings: list(FINDING),
    weights: WEIGHTS,
    function: {
      description:
        "What head computes with base's weights, moved as `weights` says; `null` where not all of them fit.",
      ...orNull({ enum: ["same", "different", "not-proved"] }),
    },
    cost: object({
      params: DELTA,
      macs: DELTA,
      peakBytes: DELTA,
      blocks: list(
        object({
          path: STRING,
          basePath: orNull(STRING),
          level: COUNT,
          params: DELTA,
          macs: DELTA,
        }),
      ),
    }),
    notes: list({
      anyOf: [
        object({ kind: { const: "not-best" }, path: STRING, baseSteps: COUNT, headSteps: COUNT }),
        object({ kind: { const: "unknown-former-name" }, path: STRING, was: STRING }),
      ],
    }),
  }),
} as const;
