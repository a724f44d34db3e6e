/** Writes the script of a picture's page, which the compiler puts into it. */
import { writeDerivedFiles } from "./derived-file.ts";
import { derivePageScript } from "./page/derive-page-script.ts";

writeDerivedFiles(await derivePageScript());
