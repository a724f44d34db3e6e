/** Finds the role of tokens that are ambiguous by text: `/` as stride or division, `=` in a list or after `let`. */
import type { CstElement, CstNode, IToken } from "chevrotain";

export type TokenRole =
  /** Opens a list that belongs to the word before it: arguments, attributes, parameters. */
  | "call-parenthesis"
  | "attribute-equals"
  | "stride"
  | "negation"
  | "label-colon"
  | "type-colon"
  | "assertion"
  | "relation"
  | "bar"
  | "unit"
  | "join-brace"
  | "list-brace";

/** By where a token begins. */
export interface TokenRoles {
  readonly roles: ReadonlyMap<number, TokenRole>;
  /** Where statements, edits and other lines of a block begin; a line that begins elsewhere continues another. */
  readonly beginnings: ReadonlySet<number>;
}

const ROLES: Readonly<Record<string, Readonly<Record<string, TokenRole>>>> = {
  argumentList: { OpenParen: "call-parenthesis" },
  attributeList: { OpenParen: "call-parenthesis", Equals: "attribute-equals" },
  parameters: { OpenParen: "call-parenthesis" },
  functionCall: { OpenParen: "call-parenthesis" },
  argument: { Equals: "attribute-equals" },
  modifier: { Equals: "attribute-equals", Slash: "stride" },
  unary: { Minus: "negation" },
  label: { Colon: "label-colon" },
  parameter: { Colon: "type-colon" },
  statement: { Yields: "assertion" },
  budgetDeclaration: { relation: "relation", unit: "unit" },
  importDeclaration: { OpenBrace: "list-brace" },
  joinStep: { Bar: "bar", OpenBrace: "join-brace" },
};

const BEGINNING_RULES: ReadonlySet<string> = new Set([
  "languageVersion",
  "declaration",
  "inputDeclaration",
  "letDeclaration",
  "defaultsDeclaration",
  "preprocessDeclaration",
  "budgetDeclaration",
  "statement",
  "edit",
]);

export function findTokenRoles(tree: CstNode): TokenRoles {
  const roles = new Map<number, TokenRole>();
  const beginnings = new Set<number>();
  const visit = (node: CstNode): void => {
    const own = ROLES[node.name] ?? {};
    if (BEGINNING_RULES.has(node.name) && node.location) beginnings.add(node.location.startOffset);
    for (const [key, elements] of Object.entries(node.children)) {
      for (const element of elements) {
        const role = own[key];
        if (isNode(element)) visit(element);
        else if (role) roles.set(element.startOffset, role);
      }
    }
    // A shortcut stands as deep as the residual that it belongs to, and `else` as deep as its `if`.
    for (const key of ["Shortcut", "Else"]) {
      for (const token of tokensOf(node, key)) beginnings.add(token.startOffset);
    }
  };
  visit(tree);
  return { roles, beginnings };
}

function isNode(element: CstElement): element is CstNode {
  return "children" in element;
}

function tokensOf(node: CstNode, key: string): readonly IToken[] {
  return (node.children[key] ?? []).filter((element): element is IToken => !isNode(element));
}
