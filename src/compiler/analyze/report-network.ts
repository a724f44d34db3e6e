/** Creates reports on one network: at its declared picture size and at other sizes. */
import { acceptsSize, inferAtSize } from "../check/infer-at-size.ts";
import {
  createNetworkReport,
  type NetworkReport,
  type ReportOptions,
} from "../cost/network-report.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CheckedArchitecture } from "../ir/shaped.ts";

/** Height and width in pixels. */
export type PictureSize = readonly [height: number, width: number];

/** What a network costs on a picture of one size, or the first thing in it that does not fit there. */
export type SizeReport =
  | { readonly kind: "fits"; readonly size: PictureSize; readonly report: NetworkReport }
  | { readonly kind: "misfit"; readonly size: PictureSize; readonly misfit: Diagnostic };

export function reportOn(
  { architecture, root }: Pick<CheckedArchitecture, "architecture" | "root">,
  options: ReportOptions,
): NetworkReport {
  const accepts = acceptsSize(architecture);
  return createNetworkReport({ architecture, root }, { ...options, accepts });
}

/** One for each size, in their order. */
export function reportAtSizes(
  { architecture }: CheckedArchitecture,
  sizes: readonly PictureSize[],
  options: ReportOptions,
): readonly SizeReport[] {
  return sizes.map((size) => {
    const resized = inferAtSize(architecture, ...size);
    if (resized.kind === "misfit") return { ...resized, size };
    const report = reportOn({ architecture, root: resized.root }, options);
    return { kind: "fits", size, report };
  });
}
