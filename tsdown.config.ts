/** Configures what `npm run build` makes: the command line, the GitHub action, the library and the runtime, with their types. */
import { defineConfig, type UserConfig } from "tsdown";
import { trimDependencies } from "./scripts/build/trim-dependencies.ts";

const shared: UserConfig = {
  platform: "node",
  target: "node20.19",
  // Everything but the packages that users install beside inceptc goes into the bundle: few files to look for and load.
  deps: { neverBundle: [/^@tensorflow\//, "ts-morph"] },
  plugins: [trimDependencies()],
  minify: false,
};

export default defineConfig([
  {
    ...shared,
    entry: {
      cli: "src/cli/launch.ts",
      action: "src/action/main.ts",
      index: "src/compiler/index.ts",
      node: "src/node/index.ts",
      weights: "src/weights/index.ts",
      "weights-node": "src/weights/node/index.ts",
      runtime: "src/runtime/index.ts",
      "runtime-node": "src/runtime/node/index.ts",
    },
    format: "esm",
    // The library's types are public; the programs have none.
    dts: {
      entry: [
        "src/compiler/index.ts",
        "src/node/index.ts",
        "src/weights/index.ts",
        "src/weights/node/index.ts",
        "src/runtime/index.ts",
        "src/runtime/node/index.ts",
      ],
    },
    clean: true,
  },
  {
    ...shared,
    // What launch.ts loads. Only of CommonJS can Node 20 be given compiled code.
    entry: { run: "src/cli/run.ts" },
    outDir: "dist/program",
    format: "cjs",
    // The loader of compiled code gives `require`; that a script may use `import()` is experimental.
    // Loading a file of the compiler does nothing, so a command gets those alone whose exports it uses, also through the index.
    treeshake: {
      moduleSideEffects: [{ test: /[\\/](compiler|grammar)[\\/]/, sideEffects: false }],
    },
    outputOptions: { dynamicImportInCjs: false },
    dts: false,
    clean: false,
  },
]);
