/** VitePress's default theme with system fonts instead of its web fonts. */
export { default } from "vitepress/theme-without-fonts";
