/** Infers a network's shapes at another picture size, or finds the first thing that does not fit there. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticCollector, type Report } from "../diagnostics/outcome.ts";
import type { Architecture } from "../ir/architecture.ts";
import { channelsOf } from "../ir/dimension.ts";
import type { ShapedNode } from "../ir/shaped.ts";
import { inferShapes } from "./infer-shapes.ts";

/** Ends inference at the first layer that does not fit: most sizes that are tried fail early. */
class DoesNotFit extends Error {}

/** The network on a picture of another size, or the first thing in it that does not fit there. */
export type Resized =
  | { readonly kind: "fits"; readonly root: ShapedNode }
  | { readonly kind: "misfit"; readonly misfit: Diagnostic };

/** Whether every window fits and every join still matches; stated shapes are ignored. */
export function acceptsSize(
  architecture: Architecture,
): (height: number, width: number) => boolean {
  return (height, width) => inferAtSize(architecture, height, width).kind === "fits";
}

/** Infers the shapes of a network again, on a picture of the given size in pixels. */
export function inferAtSize(architecture: Architecture, height: number, width: number): Resized {
  const input = [height, width, channelsOf(architecture.input)];
  const { report, diagnostics } = createDiagnosticCollector();
  const refuse: Report = (...finding) => {
    const [code] = finding;
    if (code === "shape/assertion-mismatch" || code === "shape/signature-mismatch") return;
    report(...finding);
    throw new DoesNotFit();
  };
  try {
    return { kind: "fits", root: inferShapes(architecture, refuse, { input }) };
  } catch (error) {
    const [misfit] = diagnostics;
    if (error instanceof DoesNotFit && misfit) return { kind: "misfit", misfit };
    throw error;
  }
}
