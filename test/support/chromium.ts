/** Owns running a page in headless Chromium, where there is one, and reading the page as it is in the end. */
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
  const folder = mkdtempSync(join(tmpdir(), "inceptc-page-"));
  try {
    const path = join(folder, "page.html");
    writeFileSync(path, html);
    return execFileSync(
      browser,
      [
        "--headless",
        // Containers run as root, for which the sandbox refuses to start.
        "--no-sandbox",
        "--disable-gpu",
        "--window-size=1280,900",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        `--user-data-dir=${join(folder, "profile")}`,
        "--virtual-time-budget=5000",
        "--dump-dom",
        pathToFileURL(path).href,
      ],
      { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 64 * 1024 * 1024 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
