/** Writes the reference pages that are derived from the compiler's own records. */
import { writeDerivedFiles } from "./derived-file.ts";
import { deriveCostPage } from "./docs/derive-cost-page.ts";
import { deriveOperatorPages } from "./docs/derive-operator-pages.ts";

writeDerivedFiles([...deriveOperatorPages(), deriveCostPage()]);
