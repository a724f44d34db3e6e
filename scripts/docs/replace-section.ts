/** Replaces a derived section of a page that is otherwise written by hand. */

/** The page with the lines between `<!-- name -->` and `<!-- end of name -->`; `path` is the page's, for errors. */
export function replaceSection(
  path: string,
  page: string,
  name: string,
  lines: readonly string[],
): string {
  const [opening, closing] = [`<!-- ${name} -->\n`, `<!-- end of ${name} -->`];
  const start = page.indexOf(opening);
  const end = page.indexOf(closing);
  if (start < 0 || end < start) throw new Error(`${path} has no section ${opening.trim()}`);
  return `${page.slice(0, start + opening.length)}${lines.join("\n")}\n${page.slice(end)}`;
}
