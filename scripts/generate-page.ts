/** Writes the scripts of pages, which are put into them. */
import { writeDerivedFiles } from "./derived-file.ts";
import { derivePageScripts } from "./page/derive-page-scripts.ts";

writeDerivedFiles(await derivePageScripts());
