/** Makes what a command prints safe for the terminal: nothing but inceptc's own colours reaches it as an escape sequence. */
import { displayMessage, visible } from "../compiler/diagnostics/display-text.ts";
import type { OutputStream, Terminal } from "./terminal.ts";

/** The colours of {@link createPrinter}, or a character that could control a terminal. */
const STYLE_OR_CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not get through.
  /\u001b\[(?:1|2|22|3[0-9]|39)m|[^\P{Cc}\n\t]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of any number of lines, with control and direction characters made visible; colours stay where they are wanted. */
export function printable(text: string, keepsColours: boolean): string {
  return text.replace(STYLE_OR_CONTROL, (found) =>
    found.length > 1 && found.startsWith("\u001b")
      ? keepsColours
        ? found
        : visible("\u001b") + found.slice(1)
      : visible(found),
  );
}

/**
 * The terminal for a command: standard error is for people, and so is standard output where it is a terminal. A file or a
 * program gets bytes and names as they are.
 */
export function guardTerminal(terminal: Terminal): Terminal {
  const { stdout, stderr } = terminal;
  return {
    ...terminal,
    // These ask the process only when they are needed.
    get stdinIsTty() {
      return terminal.stdinIsTty;
    },
    stdout: {
      get isTty() {
        return stdout.isTty;
      },
      write: (content) =>
        stdout.write(
          typeof content === "string" && stdout.isTty ? printable(content, true) : content,
        ),
    },
    stderr: {
      get isTty() {
        return stderr.isTty;
      },
      write: (text) => stderr.write(printable(text, true)),
    },
  };
}

/** Prints a path on a line of its own: as it is for programs, on one line and without control characters for people. */
export function printPath(path: string, stdout: OutputStream): void {
  stdout.write(`${stdout.isTty ? displayMessage(path) : path}\n`);
}
