/** Measures checks in a warm process: without a cache, with nothing changed, with one module changed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CompilerHost, check, createCache } from "../src/compiler/index.ts";
import { createNodeHost } from "../src/node/index.ts";
import { formatMs, formatRatio, ROOT, timeInTurn } from "./measure.ts";
import type { Section } from "./section.ts";

const PATH = "specs/inception-v4.incept";
const MODULES = "specs/modules/inception-v4.incept";

export const recheck: Section = {
  title: "Checks of Inception-v4 in a warm process, its files read each time",
  columns: ["check", "median", "of no cache"],
  rows: async () => {
    const host = createNodeHost({ cwd: ROOT, root: ROOT });
    const text = readFileSync(join(ROOT, MODULES), "utf8");
    const other = text.replace("avgpool 3x3", "maxpool 3x3");
    if (other === text) throw new Error(`${MODULES} has no avgpool to change`);
    let isEdited = false;
    const editing: CompilerHost = {
      resolve: host.resolve,
      read: (path) => (path === MODULES ? { text: isEdited ? other : text } : host.read(path)),
    };
    const one = { network: "InceptionV4" };
    const kept = createCache();
    const edited = createCache();
    const editedWhole = createCache();
    const expectClean = (found: ReturnType<typeof check>): void => {
      if (found.diagnostics.length > 0) throw new Error("the specification has findings");
    };
    const times = await timeInTurn(
      {
        "the network alone, no cache": () => expectClean(check({ path: PATH, host }, one)),
        "the network alone, nothing changed": () =>
          expectClean(check({ path: PATH, host }, { ...one, cache: kept })),
        "the network alone, a module changed": () => {
          isEdited = !isEdited;
          expectClean(check({ path: PATH, host: editing }, { ...one, cache: edited }));
        },
        "its four variants too, no cache": () => expectClean(check({ path: PATH, host })),
        "its four variants too, nothing changed": () =>
          expectClean(check({ path: PATH, host }, { cache: kept })),
        "its four variants too, a module changed": () =>
          expectClean(check({ path: PATH, host: editing }, { cache: editedWhole })),
      },
      { rounds: 100, warmUp: 100 },
    );
    const rows = Object.entries(times);
    return rows.map(([name, time]) => {
      const base = rows.find(([other]) => other === name.replace(/, .*/, ", no cache"))?.[1];
      return [name, formatMs(time), formatRatio(time, base ?? Number.NaN)];
    });
  },
};
