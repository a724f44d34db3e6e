/** A strict XML parser that proves a text well-formed: matching tags, quoted attributes, known entities. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text and that of everything in it. */
  readonly text: string;
}

const NAME = /[A-Za-z_][\w.:-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_][\w.:-]*)="([^"<]*)"/y;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d+));/y;
const BY_NAME: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** @throws Error that names the place of the first fault. */
export function parseXml(source: string): XmlElement {
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${JSON.stringify(source.slice(at, at + 60))}`);
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) at += found[0].length;
    return found;
  };
  const decode = (raw: string): string => {
    let text = "";
    for (let index = 0; index < raw.length; ) {
      if (raw[index] !== "&") {
        text += raw[index++];
        continue;
      }
      ENTITY.lastIndex = index;
      const found = ENTITY.exec(raw);
      if (!found) return fail(`an entity that is none in ${JSON.stringify(raw)}`);
      text += found[1] ? BY_NAME[found[1]] : String.fromCodePoint(Number(found[2]));
      index += found[0].length;
    }
    return text;
  };
  const element = (): XmlElement => {
    if (source[at] !== "<") fail("no element");
    at++;
    const name = match(NAME)?.[0] ?? fail("an element without a name");
    const attributes: Record<string, string> = {};
    for (let found = match(ATTRIBUTE); found; found = match(ATTRIBUTE)) {
      const [, key = "", value = ""] = found;
      if (key in attributes) fail(`\`${key}\` twice`);
      attributes[key] = decode(value);
    }
    if (match(/\s*\/>/y)) return { name, attributes, children: [], text: "" };
    if (!match(/\s*>/y)) fail(`a broken tag \`${name}\``);
    const children: XmlElement[] = [];
    let text = "";
    for (;;) {
      text += decode(match(/[^<]*/y)?.[0] ?? "");
      if (source.startsWith("</", at)) break;
      const child = element();
      children.push(child);
      text += child.text;
    }
    if (!match(new RegExp(`</${name}\\s*>`, "y"))) fail(`\`${name}\` is not closed`);
    return { name, attributes, children, text };
  };
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(source)) {
    fail("a character that XML has no form for");
  }
  const root = element();
  match(/\s*/y);
  if (at < source.length) fail("text after the end");
  return root;
}

/** The element and everything in it, parents first. */
export function* elementsOf(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const child of root.children) yield* elementsOf(child);
}
