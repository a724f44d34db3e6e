/** Elaborates a module on its own, as if it were called with its parameters' defaults. */
import { createDiagnosticCollector, type Outcome } from "../diagnostics/outcome.ts";
import type { ModuleInstance } from "../ir/architecture.ts";
import { type Dimension, type Shape, UNKNOWN } from "../ir/dimension.ts";
import type { BoundModule } from "../names/bound-program.ts";
import type { CallStep } from "../syntax/ast.ts";
import {
  createElaboration,
  type ElaborateOptions,
  type FileFacts,
  outermostPlace,
} from "./create-elaboration.ts";
import { NO_DEFAULTS } from "./defaults.ts";
import { NO_EDITS } from "./edit-plan.ts";
import { elaborateCall } from "./instantiate.ts";
import { withDefaults } from "./place.ts";

/** A module without a caller, and the input shape declared in its signature. */
export interface LoneModule {
  readonly instance: ModuleInstance;
  /** Names of the signature stand for sizes; without a signature nothing is known. */
  readonly input: Shape;
}

/** Gives nothing where a parameter has no default: only a caller can say what the module is then. */
export function elaborateModule(
  module: BoundModule,
  facts: FileFacts,
  options: ElaborateOptions,
): Outcome<LoneModule | undefined> {
  const { report, diagnostics } = createDiagnosticCollector();
  const { declaration, file } = module;
  if (declaration.parameters.some((parameter) => !parameter.default)) {
    return { value: undefined, diagnostics };
  }
  const elaboration = createElaboration({
    report,
    options,
    facts,
    file,
    plan: NO_EDITS,
    networkScope: facts.scope,
    substitutions: new Map(),
    hasSizes: false,
  });
  const { name } = declaration;
  const call: CallStep = {
    kind: "call",
    module: name,
    arguments: [],
    operands: [],
    modifiers: [],
    span: name.span,
  };
  // The caller may be inside a residual, whose trunk is unknown here.
  const scope = { ...facts.scope, trunk: UNKNOWN };
  const place = outermostPlace(elaboration, file, scope, NO_DEFAULTS, []);
  const input = signatureInput(module);
  const own = withDefaults(elaboration, place, NO_DEFAULTS);
  const [node] = elaborateCall(elaboration, call, own, input).nodes;
  const value = node?.kind === "call" ? { instance: node.instance, input } : undefined;
  return { value, diagnostics };
}

function signatureInput({ declaration }: BoundModule): Shape {
  const dimensions = declaration.signature?.input.dimensions;
  if (!dimensions) return [UNKNOWN, UNKNOWN, UNKNOWN];
  return dimensions.map(({ value }): Dimension => (value === "_" ? UNKNOWN : value));
}
