/** Writes the reference pages that are derived from the compiler's own records, and the pictures of networks. */
import { writeDerivedFiles } from "./derived-file.ts";
import { deriveCostPage } from "./docs/derive-cost-page.ts";
import { deriveGraphPictures } from "./docs/derive-graph-pictures.ts";
import { deriveOperatorPages } from "./docs/derive-operator-pages.ts";
import { derivePaperVsCode } from "./docs/derive-paper-vs-code.ts";
import { deriveTargets } from "./docs/derive-targets.ts";

writeDerivedFiles([
  ...deriveOperatorPages(),
  deriveCostPage(),
  derivePaperVsCode(),
  deriveTargets(),
  ...(await deriveGraphPictures()),
]);
