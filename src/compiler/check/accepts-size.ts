/** Owns the question whether a network has room on a picture of another size. */
import type { DiagnosticCode } from "../diagnostics/catalogue.ts";
import type { Architecture } from "../ir/architecture.ts";
import { channelsOf } from "../ir/dimension.ts";
import { inferShapes } from "./infer-shapes.ts";

/** Ends inference at the first layer that does not fit: most sizes that are tried fail early. */
class DoesNotFit extends Error {}

/** Whether every window fits and every join still meets its like; what the author states of sizes is another matter. */
export function acceptsSize(
  architecture: Architecture,
): (height: number, width: number) => boolean {
  return (height, width) => {
    const input = [height, width, channelsOf(architecture.input)];
    try {
      inferShapes(architecture, refuse, { input });
      return true;
    } catch (error) {
      if (error instanceof DoesNotFit) return false;
      throw error;
    }
  };
}

function refuse(code: DiagnosticCode): void {
  if (code !== "shape/assertion-mismatch" && code !== "shape/signature-mismatch") {
    throw new DoesNotFit();
  }
}
