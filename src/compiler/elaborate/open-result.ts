/** Puts the result of a step together from those of its parts, which are elaborated in order. */
import type { Span } from "../core/span.ts";
import type { Report } from "../diagnostics/outcome.ts";
import type { Node } from "../ir/architecture.ts";
import { type Shape, UNKNOWN } from "../ir/dimension.ts";
import { joinPath } from "../ir/walk.ts";
import type { Identifier } from "../syntax/ast.ts";
import type { Site } from "./edit-plan.ts";
import type { Elaborated, Extent, Facts } from "./elaborated.ts";
import type { NamedPart } from "./named-part.ts";
import { createNamer } from "./namer.ts";
import type { Elaboration, Place } from "./place.ts";

/** Steps for each layer that a network may have at most: an operator is one, and each block, call or repeat around it. */
const STEPS_PER_LAYER = 4;

/** All the room that there is. */
export function roomWithin({ layers }: { readonly layers: number }): Extent {
  return { layers, steps: STEPS_PER_LAYER * layers };
}

/** Whether so much more is still within the limits. */
export function hasRoom(room: Extent | undefined, more: Extent): boolean {
  return room !== undefined && more.layers <= room.layers && more.steps <= room.steps;
}

/** The result of a step while its parts are elaborated, in order. */
export class OpenResult {
  readonly #elaboration: Elaboration;
  #room: Extent | undefined;
  #layers = 0;
  #steps = 0;
  #height = 0;
  #isClean = true;
  #isFull = false;
  #readsSizes = false;
  #staticParameters = NO_PARAMETERS;
  #named: NamedPart[] | undefined;
  #report: Report | undefined;
  #onStatic: ((parameter: string) => void) | undefined;

  constructor(elaboration: Elaboration, { room }: Place) {
    this.#elaboration = elaboration;
    this.#room = room;
  }

  /** Reports, and notes that something was found. */
  get report(): Report {
    this.#report ??= (...finding) => {
      this.#isClean = false;
      this.#elaboration.report(...finding);
    };
    return this.#report;
  }

  /** Notes a network parameter that is fixed at compile time. */
  get onStatic(): (parameter: string) => void {
    this.#onStatic ??= (parameter) => {
      if (this.#staticParameters.has(parameter)) return;
      this.#staticParameters = new Set([...this.#staticParameters, parameter]);
    };
    return this.#onStatic;
  }

  /** Counts against the limits. Reports when one is exceeded, and gives `false` from then on. */
  count(more: Extent, span: Span): boolean {
    const room = this.#room;
    if (!room) return false;
    this.#layers += more.layers;
    this.#steps += more.steps;
    const isTooManyLayers = more.layers > room.layers;
    if (!isTooManyLayers && more.steps <= room.steps) {
      this.#room = less(room, more);
      return true;
    }
    this.stop();
    const most = roomWithin(this.#elaboration.limits);
    const what = isTooManyLayers ? "layers" : "steps";
    this.report("type/too-many-layers", span, { limit: most[what], what });
    return false;
  }

  /** Nothing after this is elaborated. */
  stop(): void {
    this.#isFull = true;
    this.#room = undefined;
  }

  /** The room that is left for the next part. */
  get room(): Extent | undefined {
    return this.#room;
  }

  /** The place with the room that is left for the next part. */
  next(place: Place): Place {
    return place.room === this.#room ? place : { ...place, room: this.#room };
  }

  /** Adds what is known of a part, and gives the part; `scope` is what an edit calls it, where it has a name. */
  add<Part extends Facts>(part: Part, scope?: Omit<NamedPart, "inside">): Part {
    const { extent, staticParameters } = part;
    this.#layers += extent.layers;
    this.#steps += extent.steps;
    this.#height = Math.max(this.#height, part.height);
    this.#isClean &&= part.isClean;
    this.#readsSizes ||= part.readsSizes;
    if (this.#staticParameters.size === 0) this.#staticParameters = staticParameters;
    else staticParameters.forEach(this.onStatic);
    if (part.isFull) this.stop();
    else if (this.#room) this.#room = less(this.#room, extent);
    if (scope) this.#addNamed({ ...scope, inside: part.named });
    else for (const named of part.named) this.#addNamed(named);
    return part;
  }

  /** Adds the name of something that has no parts that edits can refer to. */
  addName(name: string, site: Site): void {
    this.#addNamed({ name, site, inside: NOTHING_NAMED });
  }

  #addNamed(part: NamedPart): void {
    this.#named ??= [];
    this.#named.push(part);
  }

  facts(): Facts {
    return {
      extent: { layers: this.#layers, steps: this.#steps },
      height: this.#height,
      isClean: this.#isClean,
      isFull: this.#isFull,
      staticParameters: this.#staticParameters,
      readsSizes: this.#readsSizes,
      named: this.#named ?? NOTHING_NAMED,
    };
  }

  give(nodes: readonly Node[], output: Shape): Elaborated {
    return {
      extent: { layers: this.#layers, steps: this.#steps },
      height: this.#height,
      isClean: this.#isClean,
      isFull: this.#isFull,
      staticParameters: this.#staticParameters,
      readsSizes: this.#readsSizes,
      named: this.#named ?? NOTHING_NAMED,
      nodes,
      output,
    };
  }

  /** For what cannot be elaborated, which was reported. */
  hole(span: Span, input: Shape): Elaborated {
    const output = input.length === 1 ? [UNKNOWN] : [UNKNOWN, UNKNOWN, UNKNOWN];
    return this.give([{ kind: "hole", name: "", span }], output);
  }
}

const NO_PARAMETERS: ReadonlySet<string> = new Set();
const NOTHING_NAMED: readonly NamedPart[] = [];

function less(room: Extent, { layers, steps }: Extent): Extent {
  return { layers: room.layers - layers, steps: room.steps - steps };
}

/** The parts one after another, each on the output of the one before. */
export function inOrder<Part>(
  elaboration: Elaboration,
  parts: readonly Part[],
  place: Place,
  input: Shape,
  elaborate: (part: Part, place: Place, shape: Shape) => Elaborated,
): Elaborated {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return elaborate(only, place, input);
  const result = new OpenResult(elaboration, place);
  const nodes: Node[] = [];
  let shape = input;
  for (const part of parts) {
    const elaborated = result.add(elaborate(part, result.next(place), shape));
    for (const node of elaborated.nodes) nodes.push(node);
    shape = elaborated.output;
  }
  return result.give(nodes, shape);
}

/** The place inside a named scope that opens at `place`. */
export function insideScope(name: string, place: Place): Place {
  return { ...place, path: joinPath(place.path, name), namer: createNamer() };
}

export function claimLabel(result: OpenResult, label: Identifier, place: Place): string {
  const { text, span } = label;
  if (place.namer.claim(text, span)) return text;
  const first = place.namer.spanOf(text);
  const related = first ? [{ span: first, message: `\`${text}\` is here already` }] : [];
  result.report("name/duplicate-label", span, { name: text, scope: place.path }, { related });
  return place.namer.next(text);
}
