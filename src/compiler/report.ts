/** Reports what one network costs. */
import { reportAtSizes, reportOn } from "./analyze/report-network.ts";
import { analyze } from "./compile.ts";
import type { ReportRequest, ReportResult } from "./compiler-options.ts";
import type { SourceInput } from "./host.ts";

/** What the named network costs, or the file's first. */
export function report(input: SourceInput, options: ReportRequest = {}): ReportResult {
  const { diagnostics, networks, checked } = analyze(input, options, "first");
  const [only] = checked();
  if (!only) return { diagnostics, networks, atSizes: [] };
  const atSizes = reportAtSizes(only, options.sizes ?? [], options);
  return { diagnostics, networks, report: reportOn(only, options), atSizes };
}
