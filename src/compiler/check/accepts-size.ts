/** Owns the question whether a network has room on a picture of another size. */
import type { Architecture } from "../ir/architecture.ts";
import { channelsOf } from "../ir/dimension.ts";
import { inferShapes } from "./infer-shapes.ts";

/** Whether every window fits and every join still meets its like; what the author states of sizes is another matter. */
export function acceptsSize(
  architecture: Architecture,
): (height: number, width: number) => boolean {
  return (height, width) => {
    let fits = true;
    const input = [height, width, channelsOf(architecture.input)];
    inferShapes(
      architecture,
      (code) => {
        if (code !== "shape/assertion-mismatch" && code !== "shape/signature-mismatch")
          fits = false;
      },
      input,
    );
    return fits;
  };
}
