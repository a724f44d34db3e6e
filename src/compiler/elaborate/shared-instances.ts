/**
 * Caches module instances that were elaborated without findings; all networks and edits with an equal call share them.
 *
 * Instantiation decides which calls are equal.
 */

import type { ModuleInstance } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import type { BoundModule } from "../names/bound-program.ts";

/** How much a part of a network is. */
export interface Extent {
  readonly layers: number;
  /** Steps of every kind, whether or not there is a layer in them. */
  readonly steps: number;
}

/** What entering a module did to the elaboration around it, besides giving nodes. */
export interface InstanceEffects {
  readonly extent: Extent;
  /** How many steps and modules deep it goes below its call. */
  readonly height: number;
  /** Whether nothing was found in it: only then is it shared. */
  readonly isClean: boolean;
  /** Network parameters that it fixes at compile time. */
  readonly staticParameters: ReadonlySet<string>;
  /** Whether it was made for one height and width; otherwise it is the same for all of them. */
  readonly readsSizes: boolean;
}

/** A module instantiation that was elaborated before. */
export interface KnownInstance extends InstanceEffects {
  readonly instance: ModuleInstance;
  readonly output: Shape;
}

/** By module, and by everything that its call depends on, as one text. They go when the module does. */
export type SharedInstances = WeakMap<BoundModule, Map<string, KnownInstance>>;

export function findInstance(
  shared: SharedInstances,
  module: BoundModule,
  key: string,
): KnownInstance | undefined {
  return shared.get(module)?.get(key);
}

export function keepInstance(
  shared: SharedInstances,
  module: BoundModule,
  key: string,
  known: KnownInstance,
): void {
  const ofModule = shared.get(module) ?? new Map<string, KnownInstance>();
  shared.set(module, ofModule.set(key, known));
}
