/** Runs a page in headless Chromium, if one is installed, and returns the final page or a screenshot. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The browser's command; `undefined` where none is installed. */
export const CHROMIUM: string | undefined = NAMES.find((name) => {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
});

/** Opens the page with the network cut off, lets it come to rest, and gives its document as HTML. */
export function dumpPage(browser: string, html: string): string {
  return openFile(browser, "page.html", html, [
    "--window-size=1280,900",
    "--virtual-time-budget=5000",
    "--dump-dom",
  ]);
}

/** Writes a picture of an SVG, `width` by `height` pixels large, as PNG. */
export function writePng(
  browser: string,
  svg: string,
  { width, height }: { readonly width: number; readonly height: number },
  out: string,
): void {
  const size = `--window-size=${width},${height}`;
  openFile(browser, "picture.svg", svg, ["--hide-scrollbars", size, `--screenshot=${out}`]);
}

/** Gives what the browser prints. */
function openFile(browser: string, name: string, text: string, options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "inceptc-page-"));
  try {
    const path = join(folder, name);
    writeFileSync(path, text);
    return execFileSync(
      browser,
      [
        "--headless",
        // Containers run as root, for which the sandbox refuses to start.
        "--no-sandbox",
        "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        `--user-data-dir=${join(folder, "profile")}`,
        ...options,
        pathToFileURL(path).href,
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 1024 * 1024 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
