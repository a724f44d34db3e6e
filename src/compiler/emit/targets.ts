/**
 * All targets of `inceptc compile`, which the command line, its help and the documentation read. A target loads its
 * implementation when it is used, since generating TypeScript takes longer to load than everything else together.
 */
import type { Target } from "./target.ts";

const tfjsLayers = {
  name: "tfjs-layers",
  doc: "TypeScript that builds the network from layers of TensorFlow.js",
  extensions: [".ts"],
  defaultOut: "folder",
  emit: async (checked, graph, { baseName, specHash, tf }) => {
    const { emitTfjsLayers } = await import("./tfjs-layers/emit-tfjs-layers.ts");
    const { value, diagnostics } = await emitTfjsLayers(checked, graph, {
      baseName,
      specHash,
      ...(tf === undefined ? {} : { tf }),
    });
    return {
      value: value.map(({ fileName, text }) => ({ fileName, content: text })),
      diagnostics,
    };
  },
} as const satisfies Target;

const ir = {
  name: "ir",
  doc: "the checked network as JSON",
  extensions: [".ir.json"],
  defaultOut: "stdout",
  emit: async (checked, _, { baseName }) => {
    const { architectureToJson } = await import("../ir/architecture-json.ts");
    const content = `${JSON.stringify(architectureToJson(checked), null, 2)}\n`;
    return { value: [{ fileName: `${baseName}.ir.json`, content }], diagnostics: [] };
  },
} as const satisfies Target;

/** The default first. */
export const TARGETS = [tfjsLayers, ir] as const;

export type TargetName = (typeof TARGETS)[number]["name"];

/** The target of that name; without one, the default. */
export function targetNamed(name: TargetName = TARGETS[0].name): Target {
  return TARGETS.find((target) => target.name === name) ?? TARGETS[0];
}
