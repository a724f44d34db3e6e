/**
 * The package's `./weights/node` entry: checkpoints on disk.
 *
 * @module inceptc/weights/node
 */
export { filesOnDisk, type OpenFiles } from "./files-on-disk.ts";
