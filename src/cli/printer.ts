/** Prints lines to one stream, in colour where that is wanted and in ASCII where the locale requires it. */
import { createColors } from "picocolors";
import type { TextStyle } from "../compiler/diagnostics/text-style.ts";
import { printable } from "./printable.ts";
import type { OutputStream, Terminal } from "./terminal.ts";

export const COLOR_CHOICES = ["auto", "always", "never"] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/** Signs shown in addition to colours, so that colour is never the only information. */
export interface Symbols {
  readonly good: string;
  readonly bad: string;
  readonly added: string;
  readonly changed: string;
}

export interface Printer {
  readonly style: TextStyle;
  readonly symbols: Symbols;
  /** Whether text is kept to ASCII. */
  readonly isAscii: boolean;
  /** Prints the text on one line, whatever names it contains. */
  line(text: string): void;
  /** Prints lines; characters that could control a terminal are made visible, as everywhere. */
  write(text: string): void;
}

export function createPrinter(
  stream: OutputStream,
  env: Terminal["env"],
  choice: ColorChoice,
): Printer {
  const isAscii = !localeIsUtf8(env);
  const useColor = wantsColor(choice, env, stream.isTty);
  const write = (text: string): void => {
    const shown = printable(text, useColor);
    stream.write(isAscii ? toAscii(shown) : shown);
  };
  return {
    style: createStyle(useColor, isAscii),
    symbols: {
      good: isAscii ? "ok" : "✓",
      bad: isAscii ? "x" : "✗",
      added: "+",
      changed: "~",
    },
    isAscii,
    write,
    line: (text) => write(`${text.replaceAll("\n", " ")}\n`),
  };
}

/** The option first, then NO_COLOR (no-color.org), then FORCE_COLOR, then whether a person is looking. */
function wantsColor(choice: ColorChoice, env: Terminal["env"], isTty: boolean): boolean {
  if (choice !== "auto") return choice === "always";
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTty && env.TERM !== "dumb";
}

/** The locale that the variables name; where they name none, UTF-8, which terminals of today read. */
function localeIsUtf8(env: Terminal["env"]): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale === undefined || locale === "" || /utf-?8/i.test(locale);
}

function createStyle(useColor: boolean, isAscii: boolean): TextStyle {
  const colors = createColors(useColor);
  return {
    error: (text) => colors.bold(colors.red(text)),
    warning: (text) => colors.bold(colors.yellow(text)),
    information: colors.blue,
    help: colors.green,
    strong: colors.bold,
    faint: colors.dim,
    ellipsis: isAscii ? "..." : "…",
  };
}

/** What the compiler's messages use beyond ASCII. */
const ASCII_FORMS: Readonly<Record<string, string>> = {
  "×": "x",
  "·": "*",
  "→": "->",
  "⇒": "=>",
  "≤": "<=",
  "≥": ">=",
  "≠": "!=",
  "−": "-",
  "–": "-",
  "—": "-",
  "…": "...",
  "’": "'",
  "“": '"',
  "”": '"',
  "│": "|",
  "─": "-",
  "█": "#",
  "²": "^2",
};

function toAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (character) => ASCII_FORMS[character] ?? "?");
}
