/** Writes what is derived from the grammar: the types of the concrete tree, the EBNF, the TextMate grammar and the diagrams. */
import { writeDerivedFiles } from "./derived-file.ts";
import { deriveGrammarFiles } from "./grammar/derived-files.ts";

writeDerivedFiles(deriveGrammarFiles());
