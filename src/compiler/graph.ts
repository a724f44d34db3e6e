/** Draws one network, or several side by side; emit/picture decides what is drawn and how. */
import { analyze } from "./compile.ts";
import type { CheckResult, CompilerOptions } from "./compiler-options.ts";
import { outputName } from "./emit/output-name.ts";
import type { PictureOptions, PictureResult, PictureSide } from "./emit/picture/emit-picture.ts";
import type { SourceInput } from "./host.ts";

export interface GraphOptions extends CompilerOptions, PictureOptions {}

export interface GraphResult extends CheckResult {
  /** Absent where there are errors, or no network. */
  readonly picture?: PictureResult;
  /** The picture, and a file name for it without extension. */
  readonly drawn?: { readonly network: string; readonly fileName: string };
}

/** A picture of the named network, or of the file's first. */
export async function graph(input: SourceInput, options: GraphOptions = {}): Promise<GraphResult> {
  const { diagnostics, networks, checked } = analyze(input, options, "first");
  const [only] = checked();
  if (!only) return { diagnostics, networks };
  const { architecture } = only;
  return {
    diagnostics,
    networks,
    picture: await drawPicture([{ checked: only }], options),
    drawn: { network: architecture.name, fileName: outputName(architecture) },
  };
}

/** A picture of networks side by side; marks on their parts say how they differ. */
export async function drawPicture(
  sides: readonly PictureSide[],
  options: PictureOptions = {},
): Promise<PictureResult> {
  // Loaded on demand: loading the layout takes longer than checking a network.
  const { emitPicture } = await import("./emit/picture/emit-picture.ts");
  return emitPicture(sides, options);
}
