/**
 * Enters a module once for all calls that are alike: the one wrapper around elaboration that remembers. What entering did
 * besides giving nodes is a part of what is remembered, and happens again where the result is used again.
 */
import type { Span } from "../core/span.ts";
import type { ModuleInstance } from "../ir/architecture.ts";
import type { Shape } from "../ir/dimension.ts";
import type { BoundModule } from "../names/bound-program.ts";
import { identityOf } from "./edit-plan.ts";
import { countExtent, extentSince, hasRoom, isSearched } from "./elaborated.ts";
import { followShape } from "./follow-shape.ts";
import type { Elaboration, Place } from "./place.ts";
import {
  findInstance,
  type InstanceEffects,
  type KnownInstance,
  keepInstance,
} from "./shared-instances.ts";

/** What a call gives to the network around it. */
export interface Entered {
  readonly instance: ModuleInstance;
  readonly output: Shape;
}

/** `call` stands for everything that the module's body depends on, but for the sizes that it may read of `input`. */
export function rememberInstance(
  elaboration: Elaboration,
  module: BoundModule,
  call: string,
  { place, input, span }: { readonly place: Place; readonly input: Shape; readonly span: Span },
  enter: () => Entered,
): Entered {
  if (!isShareable(elaboration, place)) return record(elaboration, place, enter);
  const key = `${identityOf(module.declaration)}|${call}`;
  const sharedKey = `${elaboration.context}|${call}`;
  const sizes = `|${input}`;
  const find = (ending: string): KnownInstance | undefined =>
    elaboration.instances.get(key + ending) ??
    (elaboration.shared && findInstance(elaboration.shared, module, sharedKey + ending));
  // Whether a module reads sizes does not depend on them: the first one that it reads, it reads at every size.
  const similar = find("");
  const known = similar?.readsSizes ? find(sizes) : similar;
  // An instance that exceeds a limit is entered, so that the finding is at the place that exceeds it.
  if (known && fits(elaboration, known, place)) {
    elaboration.instances.set(key, known);
    if (known.readsSizes) elaboration.instances.set(key + sizes, known);
    repeatEffects(elaboration, known, place, span);
    const { instance } = known;
    return elaboration.hasSizes ? { instance, output: followShape(instance.body, input) } : known;
  }
  const made = record(elaboration, place, enter);
  for (const ending of made.readsSizes ? ["", sizes] : [""]) {
    elaboration.instances.set(key + ending, made);
    if (made.isClean && elaboration.shared) {
      keepInstance(elaboration.shared, module, sharedKey + ending, made);
    }
  }
  return made;
}

/** Whether the call is like others: no edit strikes in it, and none is searched in it. */
function isShareable(elaboration: Elaboration, { path, site }: Place): boolean {
  return !isSearched(elaboration, path) && !elaboration.plan.touched.has(site);
}

function fits(elaboration: Elaboration, known: InstanceEffects, { depth }: Place): boolean {
  return hasRoom(elaboration, known.extent) && depth + known.height <= elaboration.limits.depth;
}

/** Runs `enter`, and finds what it did to the elaboration. */
function record(elaboration: Elaboration, { depth }: Place, enter: () => Entered): KnownInstance {
  const { layers, steps, findings, deepest, staticParameters, readsSizes } = elaboration;
  elaboration.staticParameters = new Set();
  elaboration.readsSizes = false;
  elaboration.deepest = depth;
  const entered = enter();
  const made: KnownInstance = {
    ...entered,
    extent: extentSince({ layers, steps }, elaboration),
    height: elaboration.deepest - depth,
    isClean: elaboration.findings === findings && !elaboration.isFull,
    staticParameters: elaboration.staticParameters,
    readsSizes: elaboration.readsSizes,
  };
  elaboration.readsSizes ||= readsSizes;
  elaboration.staticParameters = staticParameters;
  for (const parameter of made.staticParameters) staticParameters.add(parameter);
  elaboration.deepest = Math.max(elaboration.deepest, deepest);
  return made;
}

/** Does to the elaboration what entering the module did when it was entered. */
function repeatEffects(
  elaboration: Elaboration,
  { extent, height, isClean, staticParameters, readsSizes }: InstanceEffects,
  { depth }: Place,
  span: Span,
): void {
  noteSizesRead(elaboration, readsSizes);
  for (const parameter of staticParameters) elaboration.staticParameters.add(parameter);
  elaboration.deepest = Math.max(elaboration.deepest, depth + height);
  // Its findings are not reported again, but they count for everything that contains it.
  if (!isClean) elaboration.findings++;
  countExtent(elaboration, extent, span);
}

export function noteSizesRead(elaboration: Elaboration, areRead: boolean): void {
  if (!areRead) return;
  elaboration.readsSizes = true;
  elaboration.onSizeRead();
}
