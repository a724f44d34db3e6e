/** Source text of the layer classes that normalize by statistics of the picture itself, with gamma and beta for each channel. */

export interface NormalizationText {
  readonly doc: readonly string[];
  /** Numbers beside epsilon, each set from the argument of its name. */
  readonly fields: readonly string[];
  /** Statements that compute `normalized` from `x`. */
  readonly compute: readonly string[];
}

export function normalizationClass(name: string, text: NormalizationText): readonly string[] {
  const numbers = [...text.fields, "epsilon"];
  return [
    "/**",
    ...text.doc.map((line) => ` * ${line}`),
    " */",
    `class ${name} extends tf.layers.Layer {`,
    `  static className = "${name}";`,
    ...numbers.map((field) => `  private readonly ${field}: number;`),
    "  private readonly scale: boolean;",
    "  private readonly center: boolean;",
    "  private gamma?: tf.LayerVariable;",
    "  private beta?: tf.LayerVariable;",
    "",
    "  constructor(args: {",
    ...numbers.map((field) => `    ${field}: number;`),
    "    scale?: boolean;",
    "    center?: boolean;",
    "    name?: string;",
    "  }) {",
    "    super(args);",
    ...numbers.map((field) => `    this.${field} = args.${field};`),
    "    this.scale = args.scale ?? true;",
    "    this.center = args.center ?? true;",
    "  }",
    "",
    "  override build(inputShape: tf.Shape): void {",
    "    const shape = [Number(inputShape[inputShape.length - 1])];",
    "    if (this.scale) {",
    '      this.gamma = this.addWeight("gamma", shape, "float32", tf.initializers.ones());',
    "    }",
    "    if (this.center) {",
    '      this.beta = this.addWeight("beta", shape, "float32", tf.initializers.zeros());',
    "    }",
    "    super.build(inputShape);",
    "  }",
    "",
    "  override computeOutputShape(inputShape: tf.Shape): tf.Shape {",
    "    return inputShape;",
    "  }",
    "",
    "  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {",
    "    return tf.tidy(() => {",
    "      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor;",
    ...text.compute.map((line) => `      ${line}`),
    "      const scaled = this.gamma ? normalized.mul(this.gamma.read()) : normalized;",
    "      return this.beta ? scaled.add(this.beta.read()) : scaled;",
    "    });",
    "  }",
    "",
    "  override getConfig(): tf.serialization.ConfigDict {",
    `    const { ${[...numbers, "scale", "center"].join(", ")} } = this;`,
    `    return { ...super.getConfig(), ${[...numbers, "scale", "center"].join(", ")} };`,
    "  }",
    "}",
    `tf.serialization.registerClass(${name});`,
  ];
}
