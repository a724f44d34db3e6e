/**
 * Generates a network's `preprocess` function for pictures: crop, resize, range, mean, std, standardize, in this order.
 *
 * It rounds as src/runtime/preprocess.ts does; steps that the network does not declare produce no code.
 */
import type { Preprocess } from "../../ir/architecture.ts";
import type { Code } from "./code.ts";
import type { IdentifierNamer } from "./identifiers.ts";
import { numberLiteral } from "./literals.ts";

/** The channels that a picture of RGBA bytes can be read with. */
const PICTURE_CHANNELS = 4;

export function preprocessCode(
  preprocess: Preprocess,
  channels: number,
  inputShape: string,
  namer: IdentifierNamer,
): readonly Code[] {
  const takesPixels = channels <= PICTURE_CHANNELS;
  const picture = namer.claim("Picture");
  const steps = [
    ...centralCrop(preprocess.crop, channels),
    ...resize(preprocess.resize, channels),
    ...values(preprocess),
  ];
  const readPixels = namer.claim("readPixels");
  const read = takesPixels
    ? `const tensor = picture instanceof tf.Tensor ? picture : ${readPixels}(picture);`
    : "const tensor = picture;";
  return [
    ...(takesPixels
      ? [
          {
            kind: "interface",
            name: picture,
            doc: "A decoded picture: red, green, blue and alpha bytes of each pixel, rows from the top, as in ImageData.",
            isExported: true,
            properties: [
              { name: "data", type: "ArrayLike<number>" },
              { name: "width", type: "number" },
              { name: "height", type: "number" },
            ].map((property) => ({ ...property, isOptional: false, isReadonly: true })),
          } as const,
        ]
      : []),
    {
      kind: "function",
      name: namer.claim("preprocess"),
      doc: [
        "Turns a picture into a batch of one. A tensor of height x width x channels with values 0..255 is not disposed:",
        "",
        ...describeSteps(preprocess).map((step) => `- ${step}`),
      ].join("\n"),
      isExported: true,
      parameters: [{ name: "picture", type: `tf.Tensor3D${takesPixels ? ` | ${picture}` : ""}` }],
      returnType: "tf.Tensor4D",
      body: [
        "return tf.tidy(() => {",
        `  const [height, width] = ${inputShape};`,
        ...[read, `let x = tensor.toFloat().expandDims<tf.Tensor4D>(0);`, ...steps].map(
          (line) => `  ${line}`,
        ),
        "  return x;",
        "});",
      ],
    },
    ...(takesPixels
      ? [
          {
            kind: "function",
            name: readPixels,
            doc: "The picture as a tensor of height x width x channels.",
            isExported: false,
            parameters: [{ name: "{ data, width, height }", type: picture }],
            returnType: "tf.Tensor3D",
            body: [
              `return tf.browser.fromPixels({ data: new Uint8Array(data), width, height }, ${channels});`,
            ],
          } as const,
        ]
      : []),
  ];
}

function describeSteps(preprocess: Preprocess): readonly string[] {
  const { crop, resize, range, mean, std, standardize } = preprocess;
  const [low, high] = range;
  return [
    ...(crop === undefined ? [] : [`the central ${crop} of each side is kept`]),
    resize === undefined
      ? "it is resized to the input size"
      : `its shorter side is resized to ${resize}, and the centre is cropped`,
    `values 0..255 become ${low}..${high}`,
    ...(mean ? [`the mean ${mean.join(", ")} is subtracted`] : []),
    ...(std ? [`the result is divided by the standard deviation ${std.join(", ")}`] : []),
    ...(standardize
      ? ["their mean is subtracted, and the result is divided by their standard deviation"]
      : []),
  ];
}

function centralCrop(crop: number | undefined, channels: number): readonly string[] {
  if (crop === undefined) return [];
  const fraction = numberLiteral(crop);
  return [
    "const [, rows, columns] = x.shape;",
    `const top = Math.trunc((rows - rows * ${fraction}) / 2);`,
    `const left = Math.trunc((columns - columns * ${fraction}) / 2);`,
    `x = x.slice([0, top, left, 0], [1, rows - 2 * top, columns - 2 * left, ${channels}]);`,
  ];
}

function resize(shorter: number | undefined, channels: number): readonly string[] {
  const to = (size: string): string => `tf.image.resizeBilinear(x, ${size}, false, true)`;
  if (shorter === undefined) {
    return [
      "if (x.shape[1] !== height || x.shape[2] !== width) {",
      `  x = ${to("[height, width]")};`,
      "}",
    ];
  }
  const side = numberLiteral(shorter);
  return [
    "const [, oldHeight, oldWidth] = x.shape;",
    `const scale = ${side} / Math.min(oldHeight, oldWidth);`,
    `const newHeight = oldHeight <= oldWidth ? ${side} : Math.floor(oldHeight * scale);`,
    `const newWidth = oldWidth <= oldHeight ? ${side} : Math.floor(oldWidth * scale);`,
    "if (newHeight !== oldHeight || newWidth !== oldWidth) {",
    `  x = ${to("[newHeight, newWidth]")};`,
    "}",
    "const corner = [0, Math.round((newHeight - height) / 2), Math.round((newWidth - width) / 2), 0];",
    `x = x.slice(corner, [1, height, width, ${channels}]);`,
  ];
}

function values({ range, mean, std, standardize }: Preprocess): readonly string[] {
  const [low, high] = range;
  const each = (numbers: readonly number[]): string =>
    numbers.length === 1
      ? numberLiteral(numbers[0] ?? 0)
      : `tf.tensor1d([${numbers.map(numberLiteral).join(", ")}])`;
  return [
    ...(low === 0 && high === 255
      ? []
      : [
          `x = x.mul(${numberLiteral(high - low)} / 255)${low === 0 ? "" : `.add(${numberLiteral(low)})`};`,
        ]),
    ...(mean ? [`x = x.sub(${each(mean)});`] : []),
    ...(std ? [`x = x.div(${each(std)});`] : []),
    ...(standardize
      ? [
          "const { mean, variance } = tf.moments(x);",
          "x = x.sub(mean).div(tf.maximum(variance.sqrt(), 1 / Math.sqrt(x.size)));",
        ]
      : []),
  ];
}
