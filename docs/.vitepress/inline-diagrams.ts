/** Inlines the diagrams of the grammar as SVG instead of images, so that their links work and they follow the theme. */
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import type { MarkdownRenderer } from "vitepress";

const DIAGRAM = /^docs\/pictures\/grammar\/\w+\.svg$/;
const STYLE = /<style>(.*?)<\/style>\n/s;

/** A step of markdown-it. */
export function inlineDiagrams(markdown: MarkdownRenderer): void {
  const { rules } = markdown.renderer;
  const { image } = rules;
  rules.image = (tokens, index, options, env, self) => {
    const src = tokens[index]?.attrGet("src") ?? "";
    const path = posix.join(posix.dirname(`docs/${env.relativePath ?? ""}`), src);
    if (DIAGRAM.test(path)) return inline(readFileSync(path, "utf8"));
    return image?.(tokens, index, options, env, self) ?? self.renderToken(tokens, index, options);
  };
}

/** Pages name their anchors in lower case. */
function inline(svg: string): string {
  return svg
    .replace(STYLE, "")
    .replaceAll("\n", "")
    .replaceAll(/href="(\w+)\.svg"/g, (_, rule: string) => `href="#${rule.toLowerCase()}"`);
}

/** The style of the diagrams, with the site's switch in place of what the machine prefers. */
export function readDiagramStyle(): string {
  const [, style = ""] = STYLE.exec(readFileSync("docs/pictures/grammar/file.svg", "utf8")) ?? [];
  const switched = style.replace(
    /@media\(prefers-color-scheme:dark\)\{(\.railroad\{[^}]*\})\}/,
    ".dark $1",
  );
  return `${switched}.vp-doc .railroad{max-width:100%;height:auto}.vp-doc .railroad a{text-decoration:none}`;
}
