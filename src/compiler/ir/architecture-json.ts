/** Converts an architecture to a versioned JSON format: the block tree with paths, source places and shapes. */
import { positionAt } from "../core/source-file.ts";
import type { Span } from "../core/span.ts";
import { isDropped, type Node } from "./architecture.ts";
import type { Attributes } from "./attributes.ts";
import type { OptionExpression } from "./option-expression.ts";
import type { CheckedArchitecture, ShapedNode } from "./shaped.ts";
import { childPath } from "./walk.ts";

/** Grows by one when a reader of the former version could no longer read the form; additions do not count. */
export const ARCHITECTURE_FORMAT_VERSION = 1;

/** A node with everything below it; what else it has depends on `kind`. */
export interface JsonNode {
  readonly kind: Node["kind"];
  /** Dotted path; empty for nodes that add no segment. */
  readonly path: string;
  /** `file:line:column`, from 1, where the author wrote it. */
  readonly at: string;
  /** Channels last, without the batch. */
  readonly input: readonly (number | string)[];
  readonly output: readonly (number | string)[];
  readonly operator?: string;
  readonly attributes?: Attributes;
  /** Attributes that generated code computes from network parameters. */
  readonly options?: Readonly<Record<string, OptionExpression>>;
  readonly module?: string;
  readonly arguments?: Readonly<Record<string, string>>;
  readonly scale?: number;
  /** Of a residual whose body is dropped in training. */
  readonly drop?: number;
  readonly kernel?: readonly number[];
  readonly children: readonly JsonNode[];
}

export interface JsonArchitecture {
  readonly formatVersion: typeof ARCHITECTURE_FORMAT_VERSION;
  readonly network: string;
  /** The network that a variant was made from. */
  readonly base: string | null;
  readonly doc: string | null;
  readonly input: readonly (number | string)[];
  readonly parameters: CheckedArchitecture["architecture"]["parameters"];
  readonly preprocess: CheckedArchitecture["architecture"]["preprocess"] | null;
  readonly budgets: readonly {
    readonly path: string;
    readonly metric: string;
    readonly relation: string;
    readonly limit: number;
  }[];
  readonly body: JsonNode;
}

export function architectureToJson({ architecture, root }: CheckedArchitecture): JsonArchitecture {
  const { name, base, doc, input, parameters, preprocess, budgets } = architecture;
  return {
    formatVersion: ARCHITECTURE_FORMAT_VERSION,
    network: name,
    base: base ?? null,
    doc: doc ?? null,
    input,
    parameters,
    preprocess: preprocess ?? null,
    budgets: budgets.map(({ path, metric, relation, limit }) => ({
      path,
      metric,
      relation,
      limit,
    })),
    body: toJson(root, root.node.name),
  };
}

function toJson(shaped: ShapedNode, path: string): JsonNode {
  const { node, input, output, children } = shaped;
  return {
    kind: node.kind,
    path,
    at: place(node.span),
    input,
    output,
    ...ownFields(node),
    children: children.map((child, index) =>
      toJson(child, childPath(node, path, child.node, index)),
    ),
  };
}

function ownFields(node: Node): Partial<JsonNode> {
  switch (node.kind) {
    case "operator": {
      const { operator, attributes, options } = node;
      const hasOptions = Object.keys(options).length > 0;
      return { operator, attributes, ...(hasOptions ? { options } : {}) };
    }
    case "call": {
      const { module, arguments: given } = node.instance;
      const entries = given.map(({ name, text }) => [name, text] as const);
      return { module: module.name, arguments: Object.fromEntries(entries) };
    }
    case "residual":
      return { scale: node.scale, ...(isDropped(node) ? { drop: node.drop } : {}) };
    case "factor":
      return { kernel: node.kernel };
    default:
      return {};
  }
}

function place({ file, start }: Span): string {
  const { line, column } = positionAt(file, start);
  return `${file.path}:${line}:${column}`;
}
