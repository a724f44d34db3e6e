/** Lists all counting conventions by name. */

import { calflops } from "./calflops.ts";
import type { Convention } from "./convention.ts";
import { flop } from "./flop.ts";
import { fvcore } from "./fvcore.ts";
import { mac } from "./mac.ts";
import { netscope } from "./netscope.ts";
import { onnxTool } from "./onnx-tool.ts";
import { ptflops } from "./ptflops.ts";
import { ptflopsAten } from "./ptflops-aten.ts";
import { tfProfiler } from "./tf-profiler.ts";
import { thop } from "./thop.ts";
import { torch } from "./torch.ts";
import { torchScan } from "./torch-scan.ts";
import { torchScanFlops } from "./torch-scan-flops.ts";
import { torchinfo } from "./torchinfo.ts";

/** In the order in which help lists them. */
export const CONVENTIONS = {
  mac,
  flop,
  fvcore,
  torchinfo,
  ptflops,
  "ptflops-aten": ptflopsAten,
  calflops,
  thop,
  torch,
  "torch-scan": torchScan,
  "torch-scan-flops": torchScanFlops,
  "onnx-tool": onnxTool,
  netscope,
  "tf-profiler": tfProfiler,
} as const satisfies Readonly<Record<string, Convention>>;

export type ConventionName = keyof typeof CONVENTIONS;
