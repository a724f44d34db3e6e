/** Finds the network that a variant is based on, with the edits of all variants in between, in order of application. */
import type { Span } from "../core/span.ts";
import type { BoundFile, BoundNetwork } from "../names/bound-program.ts";
import type { Edit, NetworkDeclaration, VariantDeclaration } from "../syntax/ast.ts";

/** An edit with the file that it is written in. */
export interface PlacedEdit {
  readonly edit: Edit;
  readonly file: BoundFile;
}

/** A network, or the network at the bottom of a variant together with all edits on the way up, in order. */
export interface NetworkSource {
  readonly name: string;
  readonly declaration: NetworkDeclaration;
  readonly file: BoundFile;
  /** What a variant is a variant of. */
  readonly base?: string;
  readonly doc?: string;
  readonly span: Span;
  readonly edits: readonly PlacedEdit[];
}

/** Gives nothing where a base is missing, broken, or the variant itself: that was reported with the declarations. */
export function networkSourceOf(
  network: BoundNetwork,
  isBroken: (declaration: NetworkDeclaration | VariantDeclaration) => boolean,
): NetworkSource | undefined {
  const { declaration } = network;
  const { name, doc } = declaration;
  const own = { name: name.text, span: name.span, ...(doc === undefined ? {} : { doc }) };
  const edits: PlacedEdit[][] = [];
  const seen = new Set<BoundNetwork>();
  let current: BoundNetwork | undefined = network;
  while (current && !seen.has(current) && !isBroken(current.declaration)) {
    seen.add(current);
    const { file, declaration: one }: BoundNetwork = current;
    if (one.kind === "network") {
      const base = declaration.kind === "variant" ? { base: declaration.base.text } : {};
      return { ...own, ...base, declaration: one, file, edits: edits.reverse().flat() };
    }
    edits.push(one.edits.map((edit) => ({ edit, file })));
    current = file.networks.get(one.base.text);
  }
  return undefined;
}
