/** Infers a network's shapes at another picture size, or finds the first thing that does not fit there. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import {
  createDiagnosticCollector,
  hasErrors,
  type Outcome,
  type Report,
} from "../diagnostics/outcome.ts";
import type { Architecture } from "../ir/architecture.ts";
import { channelsOf } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { inferShapes } from "./infer-shapes.ts";

/** Ends inference at the first layer that does not fit: most sizes that are tried fail early. */
class DoesNotFit extends Error {}

/** The network on a picture of another size, or the first thing in it that does not fit there. */
export type Resized =
  | { readonly kind: "fits"; readonly architecture: Architecture; readonly root: ShapedNode }
  | { readonly kind: "misfit"; readonly misfit: Diagnostic };

/** A network, and how it is elaborated again where its parts depend on the size of the picture. */
export interface Resizable {
  readonly architecture: Architecture;
  readonly elaborateAt?: ElaborateAt;
}

/** Elaborates a network again for a picture of the given size in pixels. */
export type ElaborateAt = (height: number, width: number) => Outcome<Architecture | undefined>;

/** Whether every window fits and every join still matches; stated shapes are ignored. */
export function acceptsSize(network: Resizable): (height: number, width: number) => boolean {
  return (height, width) => inferAtSize(network, height, width).kind === "fits";
}

/** Infers the shapes of a network again, on a picture of the given size in pixels. */
export function inferAtSize(network: Resizable, height: number, width: number): Resized {
  const elaborated = network.elaborateAt?.(height, width);
  if (elaborated && hasErrors(elaborated.diagnostics)) {
    const misfit = elaborated.diagnostics.find(({ severity }) => severity === "error");
    if (misfit) return { kind: "misfit", misfit };
  }
  const architecture = elaborated?.value ?? network.architecture;
  const input = [height, width, channelsOf(architecture.input)];
  const { report, diagnostics } = createDiagnosticCollector();
  const refuse: Report = (...finding) => {
    const [code] = finding;
    if (code === "shape/assertion-mismatch" || code === "shape/signature-mismatch") return;
    report(...finding);
    throw new DoesNotFit();
  };
  try {
    const root = inferShapes(architecture, refuse, { input });
    return { kind: "fits", architecture, root };
  } catch (error) {
    const [misfit] = diagnostics;
    if (error instanceof DoesNotFit && misfit) return { kind: "misfit", misfit };
    throw error;
  }
}
