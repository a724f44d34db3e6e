/** Owns how the site looks: VitePress's own theme, in the fonts of the reader's machine. */
export { default } from "vitepress/theme-without-fonts";
