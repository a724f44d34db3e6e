/** Creates the context for elaborating one network or module, and the values and defaults of files that all share. */
import type { Report } from "../diagnostics/outcome.ts";
import type { BoundFile, BoundModule } from "../names/bound-program.ts";
import type { Names } from "../names/resolution.ts";
import { type DefaultsLayer, evaluateDefaults, NO_DEFAULTS } from "./defaults.ts";
import { type EditPlan, identityOf } from "./edit-plan.ts";
import { elaborateStep } from "./elaborate-step.ts";
import { letScope } from "./let-scope.ts";
import { createNamer } from "./namer.ts";
import { roomWithin } from "./open-result.ts";
import type { Elaboration, ElaborationLimits, Place } from "./place.ts";
import type { WidthEdit } from "./resolve-operator.ts";
import { declarationOf, emptyScope, type Scope } from "./scope.ts";
import type { SharedInstances } from "./shared-instances.ts";

export interface ElaborateOptions {
  readonly limits: ElaborationLimits;
  /** Modules with errors of their own; they are not entered. */
  readonly isBroken: (module: BoundModule) => boolean;
  /** Elaborated instances, shared between networks. */
  readonly shared: SharedInstances;
}

/** What all networks of one program share. */
export interface FileFacts {
  /** The values of all files. */
  readonly scope: Scope;
  readonly defaults: (file: BoundFile) => DefaultsLayer;
}

export function createFileFacts(
  files: readonly BoundFile[],
  names: Names,
  report: Report,
): FileFacts {
  const lets = files.flatMap((file) => [...file.lets.values()]);
  const scope = letScope(lets, report, emptyScope(names));
  // At once, used or not: what is wrong with them is reported here, and not by the networks that use them.
  for (const { name } of lets) scope.valueOf(declarationOf(names, name), 0);
  // No network parameter is in scope at the top of a file, so nothing can become static here.
  const defaults = new Map(
    files.map((file) => [file, evaluateDefaults(file.tree.defaults, scope, report, () => {})]),
  );
  return { scope, defaults: (file) => defaults.get(file) ?? NO_DEFAULTS };
}

export function createElaboration(parts: {
  readonly report: Report;
  readonly options: ElaborateOptions;
  readonly facts: FileFacts;
  /** The file that the network or module is written in. */
  readonly file: BoundFile;
  readonly networkScope: Scope;
  readonly plan: EditPlan;
  readonly substitutions: Elaboration["substitutions"];
  /** Whether heights and widths are known; channels always are. */
  readonly hasSizes: boolean;
}): Elaboration {
  const { report, options, facts, file, plan, substitutions } = parts;
  const networkFileDefaults = facts.defaults(file);
  const replaced = [...substitutions].flat().map(({ declaration }) => identityOf(declaration));
  return {
    elaborateStep,
    report,
    limits: options.limits,
    plan,
    substitutions,
    isBroken: options.isBroken,
    networkFileDefaults,
    fileDefaults: facts.defaults,
    fileScope: facts.scope,
    networkScope: parts.networkScope,
    instances: {
      own: new Map(),
      shared: options.shared,
      context: `${networkFileDefaults.key}|${replaced.join()}`,
    },
    hasSizes: parts.hasSizes,
  };
}

/** The place of a step outside of any block; `defaults` are those of the network. */
export function outermostPlace(
  { limits }: Elaboration,
  file: BoundFile,
  scope: Scope,
  defaults: DefaultsLayer,
  widths: readonly WidthEdit[],
): Place {
  return {
    file,
    scope,
    dynamicDefaults: defaults,
    defaults,
    widths,
    namer: createNamer(),
    path: "",
    site: "",
    depth: 0,
    room: roomWithin(limits),
  };
}
