/**
 * The package's `./runtime/node` entry: the runtime's part that only works in Node.
 *
 * @module inceptc/runtime/node
 */
export { modelFiles } from "./model-files.ts";
