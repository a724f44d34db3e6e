/** Build configuration of the command line, the GitHub action, the library and the runtime, with their types. */
import { defineConfig } from "tsdown";
import { trimDependencies } from "./scripts/build/trim-dependencies.ts";

export default defineConfig({
  entry: {
    cli: "src/cli/bin.ts",
    action: "src/action/main.ts",
    index: "src/compiler/index.ts",
    node: "src/node/index.ts",
    runtime: "src/runtime/index.ts",
    "runtime-node": "src/runtime/node/index.ts",
  },
  format: "esm",
  platform: "node",
  target: "node20.19",
  // The library's types are public; the programs have none.
  dts: {
    entry: [
      "src/compiler/index.ts",
      "src/node/index.ts",
      "src/runtime/index.ts",
      "src/runtime/node/index.ts",
    ],
  },
  // Everything but the packages that users install beside inceptc goes into the bundle: few files to look for and load.
  deps: { neverBundle: [/^@tensorflow\//, "ts-morph"] },
  plugins: [trimDependencies()],
  minify: false,
  clean: true,
});
