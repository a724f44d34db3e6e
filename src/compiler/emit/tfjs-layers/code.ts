/** Types of generated declarations, passed from the modules that generate them to the one that prints the file. */

/** `name: value` in an object literal. */
export interface Property {
  readonly name: string;
  readonly value: string;
}

export interface ParameterCode {
  readonly name: string;
  readonly type: string;
  readonly initializer?: string;
  /** The parts of a name and type that are objects, by which they can be broken. */
  readonly members?: { readonly names: readonly string[]; readonly types: readonly string[] };
}

export interface FunctionCode {
  readonly kind: "function";
  readonly name: string;
  readonly doc: string;
  readonly isExported: boolean;
  readonly parameters: readonly ParameterCode[];
  readonly returnType: string;
  /** Lines without the indentation of the function. */
  readonly body: readonly string[];
}

export interface InterfaceCode {
  readonly kind: "interface";
  readonly name: string;
  readonly doc: string;
  readonly isExported: boolean;
  readonly properties: readonly {
    readonly name: string;
    readonly type: string;
    readonly isOptional: boolean;
    readonly isReadonly: boolean;
    readonly doc?: string;
  }[];
}

/** `export const NAME = value;` */
export interface ConstantCode {
  readonly kind: "constant";
  readonly name: string;
  readonly doc: string;
  readonly value: string;
}

/** `type Name = type;` */
export interface AliasCode {
  readonly kind: "alias";
  readonly name: string;
  readonly doc: string;
  readonly type: string;
}

/** Lines that are the same in every file that has them: a class, its registration. */
export interface TextCode {
  readonly kind: "text";
  readonly lines: readonly string[];
}

export type Code = FunctionCode | InterfaceCode | ConstantCode | AliasCode | TextCode;
