/** Measures how time and memory grow with the number of layers. */
import { formatMs, measureApart } from "./measure.ts";
import type { Section } from "./section.ts";

const PHASES = ["check", "report", "compile --target ir", "compile"];
const FORMS = ["written out", "repeated"];
const LAYERS = [1_000, 10_000, 100_000];

interface Measured {
  readonly milliseconds: number;
  readonly mebibytes: number;
}

export const scale: Section = {
  title: "Networks of many layers: linear where the time of a layer stays",
  columns: ["phase", "layers", "time", "of a layer", "memory"],
  rows: async () =>
    PHASES.flatMap((phase) =>
      FORMS.flatMap((form) =>
        LAYERS.map((layers) => {
          const { milliseconds, mebibytes } = measureApart<Measured>("scale-apart.mjs", [
            phase,
            form,
            String(layers),
          ]);
          return [
            `${phase}, ${form}`,
            layers.toLocaleString("en-US"),
            formatMs(milliseconds),
            `${((1000 * milliseconds) / layers).toFixed(1)} us`,
            `${mebibytes.toFixed(0)} MiB`,
          ];
        }),
      ),
    ),
};
