import { defineConfig } from "vitest/config";

/** Tests that take long, or that try more of what a short one tries: `*.long.test.ts`, and the fuzz tests again. */
const LONG = "test/**/*.long.test.ts";
const LIMITS = "test/limits/**";
const FUZZ = "test/fuzz/**";
/** Tests that run models, and change what a worker has loaded: the backend of TensorFlow.js, the registry of operators. */
const MODELS = "test/{models,oracle,runtime}/**";

/** Enough for any input within the limits; what grows with the square of the input needs more, and ends the worker. */
const LITTLE_MEMORY = ["--max-old-space-size=768"];

export default defineConfig({
  test: {
    // No test may depend on seconds: this is only for a test that hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "grammar/**/*.ts"],
      exclude: ["**/*.generated.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: ".cache/coverage",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "short",
          include: ["test/**/*.test.ts"],
          exclude: [LONG, LIMITS, MODELS],
          // The files share what is loaded: loading the compiler anew for each took a third of the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "short-models", include: [`${MODELS}/*.test.ts`], exclude: [LONG] },
      },
      {
        extends: true,
        test: {
          name: "short-limits",
          include: [`${LIMITS}/*.test.ts`],
          exclude: [LONG],
          pool: "forks",
          execArgv: LITTLE_MEMORY,
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: [LONG, `${FUZZ}/*.test.ts`],
          exclude: [LIMITS],
          env: { FUZZ: "more" },
        },
      },
      {
        extends: true,
        test: {
          name: "long-limits",
          include: [`${LIMITS}/*.long.test.ts`],
          pool: "forks",
          execArgv: LITTLE_MEMORY,
        },
      },
    ],
  },
});
