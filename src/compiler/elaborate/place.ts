/** The context of elaboration: the state of one network, and the surroundings of one step. */
import type { Limits } from "../core/limits.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Node } from "../ir/architecture.ts";
import { channelsOf, type Shape, UNKNOWN } from "../ir/dimension.ts";
import type { BoundFile, BoundModule } from "../names/bound-program.ts";
import type { Step } from "../syntax/ast.ts";
import { type DefaultsLayer, layDefaults } from "./defaults.ts";
import type { EditPlan, Site } from "./edit-plan.ts";
import type { Namer } from "./namer.ts";
import type { WidthEdit } from "./resolve-operator.ts";
import type { Scope } from "./scope.ts";
import type { KnownInstance, SharedInstances } from "./shared-instances.ts";
import type { Value } from "./value.ts";

export type ElaborationLimits = Pick<Limits, "layers" | "depth">;

/** Nodes in order, and what is known of the shape after them: rank and channels. */
export interface Elaborated {
  readonly nodes: readonly Node[];
  readonly output: Shape;
}

/** Elaborates one step; `name` is given when a label or a repeat already named it. */
export type ElaborateStep = (
  elaboration: Elaboration,
  step: Step,
  place: Place,
  input: Shape,
  name?: string,
) => Elaborated;

/** The state of elaborating one network; the only thing in this room that changes. */
export interface Elaboration {
  /** Statements contain steps and steps contain statements; this callback breaks the import cycle. */
  readonly elaborateStep: ElaborateStep;
  readonly report: Report;
  readonly limits: ElaborationLimits;
  readonly plan: EditPlan;
  /** Substituted modules (`use A for B`). */
  readonly substitutions: ReadonlyMap<BoundModule, BoundModule>;
  /** Declarations with errors of their own; they are not entered. */
  readonly isBroken: (module: BoundModule) => boolean;
  /** Defaults of the file that the network is written in. */
  readonly networkFileDefaults: DefaultsLayer;
  readonly fileDefaults: (file: BoundFile) => DefaultsLayer;
  /** The values of all files. */
  readonly fileScope: Scope;
  /** Also those of the network, which edits may read. */
  readonly networkScope: Scope;
  /** The instances of this network, by module and call. */
  readonly instances: Map<string, KnownInstance>;
  /** Those without findings, for other networks too; absent where every module is to be entered. */
  readonly shared: SharedInstances | undefined;
  /** What in this network, beside a call itself, a module's instances depend on. */
  readonly context: string;
  /** Network parameters whose value is fixed at compile time. */
  staticParameters: Set<string>;
  /** Whether the sizes of the network's input are followed, so that names of signatures have values. */
  readonly hasSizes: boolean;
  /** Whether a height or width was read since this was last set to `false`. */
  readsSizes: boolean;
  /** Called whenever a height or width is read. */
  readonly onSizeRead: () => void;
  layers: number;
  /** Steps visited so far, whatever they produced. */
  steps: number;
  /** Findings so far. */
  findings: number;
  /** Depth of the deepest step so far. */
  deepest: number;
  /** Set when a limit was exceeded: everything after that is skipped. */
  isFull: boolean;
  /** The path that an edit looks for, and the sites found on the way. */
  readonly search?: { readonly path: string; readonly found: Map<string, Site> };
}

/** Where a step stands. */
export interface Place {
  readonly file: BoundFile;
  readonly scope: Scope;
  /** Defaults of the network and of the modules around the step, outermost first. */
  readonly dynamicDefaults: DefaultsLayer;
  /** All defaults that apply here. */
  readonly defaults: DefaultsLayer;
  readonly widths: readonly WidthEdit[];
  readonly namer: Namer;
  /** Path of the named scope around the step. */
  readonly path: string;
  readonly site: Site;
  /** Steps and modules around the step. */
  readonly depth: number;
}

/** The place with other dynamic defaults or another file, and the defaults that follow from them. */
export function withDefaults(
  elaboration: Elaboration,
  place: Place,
  dynamicDefaults: DefaultsLayer,
): Place {
  const own = elaboration.fileDefaults(place.file);
  const base = layDefaults(elaboration.networkFileDefaults, own);
  return { ...place, dynamicDefaults, defaults: layDefaults(base, dynamicDefaults) };
}

/** Only rank and channels: nodes must not depend on the size of the picture. */
export function channelShape(shape: Shape): Shape {
  return shape.length === 1 ? shape : [UNKNOWN, UNKNOWN, channelsOf(shape)];
}

/** The parameters behind the value are fixed at compile time from here on. */
export function fixParameters(elaboration: Elaboration, value: Value): void {
  for (const parameter of value.dependsOn) elaboration.staticParameters.add(parameter);
}
