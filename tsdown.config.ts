/** Owns what `npm run build` makes: the command line, the library and the runtime, with their types. */
import { defineConfig } from "tsdown";

export default defineConfig({
  entry: {
    cli: "src/cli/bin.ts",
    index: "src/compiler/index.ts",
    runtime: "src/runtime/index.ts",
  },
  format: "esm",
  platform: "node",
  target: "node20.19",
  // The library's types are public; the command line has none.
  dts: { entry: ["src/compiler/index.ts", "src/runtime/index.ts"] },
  // Everything but the packages that users install beside inceptc goes into the bundle: one file to load, few to look for.
  external: [/^@tensorflow\//, "ts-morph"],
  minify: false,
  clean: true,
});
