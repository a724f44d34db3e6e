/**
 * The package's `./node` entry: files of the machine for the compiler, and the compiler's output on disk.
 *
 * @module inceptc/node
 */
export { createNodeHost, type NodeHostOptions } from "./node-host.ts";
export { findRootDirectory } from "./root-directory.ts";
export { type OutputFile, WriteError, writeFiles } from "./write-files.ts";
