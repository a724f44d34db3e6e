/** Declares what is used of subset-font, which has no types of its own. */
declare module "subset-font" {
  export default function subsetFont(
    font: Buffer,
    text: string,
    options: { readonly targetFormat: "truetype" },
  ): Promise<Buffer>;
}
