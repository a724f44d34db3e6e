/** The context of elaboration: what is the same for all of one network, and the surroundings of one step. */
import type { Limits } from "../core/limits.ts";
import type { Report } from "../diagnostics/outcome.ts";
import { channelsOf, type Shape, UNKNOWN } from "../ir/dimension.ts";
import type { BoundFile, BoundModule } from "../names/bound-program.ts";
import type { Step } from "../syntax/ast.ts";
import { type DefaultsLayer, layDefaults } from "./defaults.ts";
import type { EditPlan, Site } from "./edit-plan.ts";
import type { Elaborated, Extent } from "./elaborated.ts";
import type { Namer } from "./namer.ts";
import type { WidthEdit } from "./resolve-operator.ts";
import type { Scope } from "./scope.ts";
import type { InstanceCache } from "./shared-instances.ts";

export type ElaborationLimits = Pick<Limits, "layers" | "depth">;

/** Elaborates one step; `name` is given when a label or a repeat already named it. */
export type ElaborateStep = (
  elaboration: Elaboration,
  step: Step,
  place: Place,
  input: Shape,
  name?: string,
) => Elaborated;

/** What is the same everywhere in one network. */
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
  /** Modules that were entered before. */
  readonly instances: InstanceCache;
  /** Whether the sizes of the network's input are followed, so that names of signatures have values. */
  readonly hasSizes: boolean;
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
  /** Gives names in the scope around the step. */
  readonly namer: Namer;
  /** Path of the named scope around the step. */
  readonly path: string;
  readonly site: Site;
  /** Steps and modules around the step. */
  readonly depth: number;
  /** How much the network may still grow; nothing once a limit was exceeded, and then nothing is elaborated any more. */
  readonly room: Extent | undefined;
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
