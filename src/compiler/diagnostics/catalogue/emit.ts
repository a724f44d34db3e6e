/** Messages of the emit family: correct networks that cannot, or only in part, become code. */
import { error, warning } from "./entry.ts";

export const emitCatalogue = {
  "emit/duplicate-file-name": error<{ first: string; second: string; fileName: string }>(
    ({ first, second, fileName }) =>
      `the networks \`${first}\` and \`${second}\` would both be written to ${fileName}`,
    () => "rename one of them, or compile one at a time into different folders",
  ),
  "emit/duplicate-layer-name": error<{ name: string }>(
    ({ name }) => `two layers of the generated code would be called \`${name}\``,
    () => "give one of them a different label",
  ),
  "emit/not-trainable": warning<{ operator: string; dilation: string }>(
    ({ operator, dilation }) =>
      `this \`${operator}\` has dilation ${dilation}: TensorFlow.js can compute it, but has no gradient for it, so \`model.fit\` will fail`,
    () => "use it with trained weights only, or use a larger kernel without dilation",
  ),
};
