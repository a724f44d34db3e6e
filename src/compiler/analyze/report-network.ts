/** Creates reports on one network: at its declared picture size and at other sizes. */
import { acceptsSize, inferAtSize, type Resizable } from "../check/infer-at-size.ts";
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
  network: Resizable & Pick<CheckedArchitecture, "root">,
  options: ReportOptions,
): NetworkReport {
  return createNetworkReport(network, { ...options, accepts: acceptsSize(network) });
}

/** One for each size, in their order. */
export function reportAtSizes(
  network: Resizable & Pick<CheckedArchitecture, "root">,
  sizes: readonly PictureSize[],
  options: ReportOptions,
): readonly SizeReport[] {
  return sizes.map((size) => {
    const resized = inferAtSize(network, ...size);
    if (resized.kind === "misfit") return { ...resized, size };
    const { architecture, root } = resized;
    const report = reportOn({ ...network, architecture, root }, options);
    return { kind: "fits", size, report };
  });
}
