/**
 * Prints generated code with ts-morph, in memory and without reading or writing files; only this file loads ts-morph.
 *
 * The printed file is parsed again, which would catch text of a specification that became code.
 */
import type { FunctionDeclarationStructure, StatementStructures } from "ts-morph";
import { assert } from "../../core/assert.ts";
import type { Code, FunctionCode, ParameterCode } from "./code.ts";
import { BODY_WIDTH, indent, LINE_WIDTH } from "./layout.ts";

export interface SourceText {
  /** Lines of comment at the head of the file, without the slashes. */
  readonly header: readonly string[];
  readonly tfModule: string;
  readonly code: readonly Code[];
}

/** Prints a file that imports tfjs and nothing else. */
export async function printFile({ header, tfModule, code }: SourceText): Promise<string> {
  const { IndentationText, Project, StructureKind, VariableDeclarationKind } = await import(
    "ts-morph"
  );
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  });
  const toStructure = (part: Code): StatementStructures | string => {
    switch (part.kind) {
      case "function":
        return toFunction(part);
      case "interface":
        return {
          kind: StructureKind.Interface,
          name: part.name,
          isExported: part.isExported,
          docs: [toDoc(part.doc)],
          properties: part.properties.map(({ name, type, isOptional, isReadonly, doc }) => ({
            name,
            type,
            hasQuestionToken: isOptional,
            isReadonly,
            ...(doc === undefined ? {} : { docs: [toDoc(doc)] }),
          })),
        };
      case "constant":
        return {
          kind: StructureKind.VariableStatement,
          declarationKind: VariableDeclarationKind.Const,
          leadingTrivia: "\n",
          isExported: true,
          docs: [toDoc(part.doc)],
          declarations: [{ name: part.name, initializer: part.value }],
        };
      case "alias":
        return {
          kind: StructureKind.TypeAlias,
          name: part.name,
          docs: [toDoc(part.doc)],
          type: part.type,
        };
      case "text":
        return part.lines.join("\n");
    }
  };
  const toFunction = (part: FunctionCode): FunctionDeclarationStructure => ({
    kind: StructureKind.Function,
    name: part.name,
    isExported: part.isExported,
    docs: [toDoc(part.doc)],
    parameters: part.parameters.map(({ name, type, initializer }) => ({
      name,
      type,
      ...(initializer === undefined ? {} : { initializer }),
    })),
    returnType: part.returnType,
    statements: [part.body.join("\n")],
  });
  const source = project.createSourceFile("generated.ts", {
    statements: [
      header.map((line) => `// ${line}`).join("\n"),
      { kind: StructureKind.ImportDeclaration, namespaceImport: "tf", moduleSpecifier: tfModule },
      ...code.map(toStructure),
    ],
  });
  assert(
    project.getProgram().getSyntacticDiagnostics(source).length === 0,
    "generated code is TypeScript",
  );
  const imports = source.getImportDeclarations().map((one) => one.getModuleSpecifierValue());
  assert(imports.join() === tfModule, "generated code imports tfjs alone");
  const wide = code.filter((part) => part.kind === "function").filter(isWide);
  return breakHeads(source.getFullText(), wide);
}

/** The form in which ts-morph writes a comment of one line on one line. */
function toDoc(text: string): string {
  return text.includes("\n") ? `\n${text}` : text;
}

function openingOf({ isExported, name }: FunctionCode): string {
  return `${isExported ? "export " : ""}function ${name}(`;
}

function parameterOf({ name, type, initializer }: ParameterCode): string {
  return `${name}: ${type}${initializer === undefined ? "" : ` = ${initializer}`}`;
}

function headOf(part: FunctionCode): string {
  return `${openingOf(part)}${part.parameters.map(parameterOf).join(", ")}): ${part.returnType} {`;
}

function isWide(part: FunctionCode): boolean {
  return headOf(part).length > LINE_WIDTH;
}

/** Puts the parameters of functions whose head is too wide on lines of their own, which ts-morph does not do. */
function breakHeads(text: string, wide: readonly FunctionCode[]): string {
  const broken = new Map(
    wide.map((part) => {
      const parameters = part.parameters.flatMap(brokenParameter);
      const lines = [openingOf(part), ...indent(parameters), `): ${part.returnType} {`];
      return [headOf(part), lines.join("\n")];
    }),
  );
  return text
    .split("\n")
    .map((line) => broken.get(line) ?? line)
    .join("\n");
}

function brokenParameter(parameter: ParameterCode): readonly string[] {
  const flat = `${parameterOf(parameter)},`;
  const { members } = parameter;
  if (!members || flat.length <= BODY_WIDTH) return [flat];
  return [
    "{",
    ...indent(members.names.map((name) => `${name},`)),
    "}: {",
    ...indent(members.types.map((type) => `${type};`)),
    "},",
  ];
}
