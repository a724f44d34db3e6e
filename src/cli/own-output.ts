/** Recognizes by its beginning whether a file is of the kind that a command is about to write. */
import type { PictureFormat } from "../compiler/index.ts";

/** What `inceptc graph` writes: the library's formats, and PDF. */
export type DrawnFormat = PictureFormat | "pdf";

/** Whoever drew it: a picture is drawn anew from its specification. */
const PICTURES: Readonly<Record<DrawnFormat, RegExp>> = {
  pdf: /^%PDF-/,
  svg: /^\s*<(?:\?xml|!--|svg)/i,
  html: /^\s*<(?:!doctype html|!--|html)/i,
  dot: /^\s*(?:\/\*|\/\/|#|strict\b|(?:di)?graph\b)/i,
  mermaid: /^\s*(?:---|%%|flowchart\b|graph\b)/,
};

const REPORTS = {
  text: /^.*\nPer picture,/,
  json: /^\{\s*"formatVersion":/,
  csv: /^(?:path|operator|figure|input),/,
  markdown: /^## .*\n\n.*\nPer picture,/,
  html: /^\s*<!doctype html/i,
} as const;

export type ReportFormat = keyof typeof REPORTS;

export function isPicture(format: DrawnFormat): (start: string) => boolean {
  return (start) => PICTURES[format].test(start);
}

export function isReport(format: ReportFormat): (start: string) => boolean {
  return (start) => REPORTS[format].test(start);
}
