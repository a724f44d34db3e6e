/** Compiles the text of a specification to the text of its generated code. */
import { compile, renderDiagnostics } from "../../../src/compiler/index.ts";

/** The generated code of the first network; an error in the specification is an error of the test. */
export async function compileText(text: string, tf?: string): Promise<string> {
  const { files, diagnostics } = await compile(text, tf === undefined ? {} : { tf });
  const [file] = files;
  if (!file) throw new Error(renderDiagnostics(diagnostics));
  return String(file.content);
}

/** The lines of one function of generated code, without its documentation. */
export function functionIn(code: string, name: string): string {
  const start = code.search(new RegExp(`^(?:export )?function ${name}\\(`, "m"));
  if (start < 0) throw new Error(`there is no function ${name}`);
  return code.slice(start, code.indexOf("\n}\n", start) + 2);
}
