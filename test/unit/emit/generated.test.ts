import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { GENERATED_NETWORKS } from "../../../scripts/generated-networks.ts";
import { compile } from "../../../src/compiler/index.ts";
import { createNodeHost } from "../../../src/node/node-host.ts";

const ROOT = join(import.meta.dirname, "../../..");
const host = createNodeHost({ cwd: ROOT, root: ROOT });

it.each(GENERATED_NETWORKS)("generated/$fileName is what the compiler writes now", async (one) => {
  const { path, network, fileName } = one;
  const { files } = await compile({ path, host }, { network });
  const content = readFileSync(join(ROOT, "generated", fileName), "utf8");
  expect(files).toEqual([{ fileName, content }]);
});

it("leaves nothing in generated/ that nobody makes", () => {
  const names = GENERATED_NETWORKS.map(({ fileName }) => fileName).sort();
  expect(readdirSync(join(ROOT, "generated")).sort()).toEqual(names);
});
