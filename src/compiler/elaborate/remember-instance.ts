/**
 * Enters a module once for all calls that are alike. What is known of an instance is part of the result of entering it, so
 * using it again is using the result again.
 */
import type { Shape } from "../ir/dimension.ts";
import type { BoundModule } from "../names/bound-program.ts";
import { identityOf } from "./edit-plan.ts";
import type { Facts } from "./elaborated.ts";
import { followShape } from "./follow-shape.ts";
import { hasRoom } from "./open-result.ts";
import type { Elaboration, Place } from "./place.ts";
import { type Entered, findInstance, keepInstance } from "./shared-instances.ts";

/** `call` stands for everything that the module's body depends on, but for the sizes that it may read of `input`. */
export function rememberInstance(
  elaboration: Elaboration,
  module: BoundModule,
  call: string,
  place: Place,
  input: Shape,
  enter: () => Entered,
): Entered {
  // No call is like one that an edit applies to.
  if (elaboration.plan.touched.has(place.site)) return enter();
  const { own, shared, context } = elaboration.instances;
  const key = `${identityOf(module.declaration)}|${call}`;
  const sharedKey = `${context}|${call}`;
  const sizes = `|${input}`;
  const find = (ending: string): Entered | undefined =>
    own.get(key + ending) ?? findInstance(shared, module, sharedKey + ending);
  // Whether a module reads sizes does not depend on them: the first one that it reads, it reads at every size.
  const similar = find("");
  const known = similar?.readsSizes ? find(sizes) : similar;
  // An instance that exceeds a limit is entered, so that the finding is at the place that exceeds it.
  if (known && fits(elaboration, known, place)) {
    own.set(key, known);
    if (known.readsSizes) own.set(key + sizes, known);
    if (!elaboration.hasSizes) return known;
    return { ...known, output: followShape(known.instance.body, input) };
  }
  const entered = enter();
  for (const ending of entered.readsSizes ? ["", sizes] : [""]) {
    own.set(key + ending, entered);
    if (entered.isClean) keepInstance(shared, module, sharedKey + ending, entered);
  }
  return entered;
}

function fits({ limits }: Elaboration, { extent, height }: Facts, place: Place): boolean {
  return hasRoom(place.room, extent) && place.depth + height <= limits.depth;
}
