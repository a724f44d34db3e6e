/**
 * Caches module instances: those of one network, and those without findings, which all networks and edits with an equal call
 * share. Instantiation decides which calls are equal.
 */
import type { ModuleInstance } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import type { BoundModule } from "../names/bound-program.ts";
import type { Site } from "./edit-plan.ts";
import type { Facts } from "./elaborated.ts";

/** A module that was entered. */
export interface Entered extends Facts {
  readonly instance: ModuleInstance;
  readonly output: Shape;
  /** The site of the call that it was entered for; the sites of its parts begin with it. */
  readonly site: Site;
}

/** By module, and by everything that its call depends on, as one text. They go when the module does. */
export type SharedInstances = WeakMap<BoundModule, Map<string, Entered>>;

export interface InstanceCache {
  /** The instances of this network, by module and call. */
  readonly own: Map<string, Entered>;
  readonly shared: SharedInstances;
  /** What in this network, beside a call itself, a module's instances depend on. */
  readonly context: string;
}

export function findInstance(
  shared: SharedInstances,
  module: BoundModule,
  key: string,
): Entered | undefined {
  return shared.get(module)?.get(key);
}

export function keepInstance(
  shared: SharedInstances,
  module: BoundModule,
  key: string,
  entered: Entered,
): void {
  const ofModule = shared.get(module) ?? new Map<string, Entered>();
  shared.set(module, ofModule.set(key, entered));
}
