/**
 * Adds the entries of platform packages that package-lock.json lacks because the registry in use does not serve them.
 * It chooses no versions and leaves existing entries alone.
 *
 * `npm ci` refuses a lock file that lacks an optional dependency, even one for another operating system, and
 * `npm install` behind a registry that mirrors only some platforms writes exactly such a file. An added entry has
 * the version, os, cpu and libc read off the package's name, and no integrity hash.
 *
 *   node scripts/complete-lockfile.mjs           add what is missing
 *   node scripts/complete-lockfile.mjs --check   exit 1 when something is missing, write nothing
 */
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm",
  "arm64",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

const lockUrl = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(lockUrl, "utf8"));
const added = [];
const unreadable = [];

for (const [parentPath, parent] of Object.entries(lock.packages)) {
  if (parentPath === "") continue;
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const path = `node_modules/${name}`;
    if (lock.packages[path] || lock.packages[`${parentPath}/${path}`]) continue;
    const entry = entryFromName(name, version, parent.dev === true);
    if (entry === undefined) {
      unreadable.push(name);
      continue;
    }
    lock.packages[path] = entry;
    added.push(name);
  }
}

if (unreadable.length > 0) {
  console.error(
    `No os and cpu can be read off the names of: ${unreadable.join(", ")}. Run npm install against the full registry.`,
  );
  process.exitCode = 1;
} else if (added.length === 0) {
  console.log("package-lock.json names every platform package.");
} else if (process.argv.includes("--check")) {
  console.error(
    `package-lock.json lacks: ${added.join(", ")}. Repair: node scripts/complete-lockfile.mjs`,
  );
  process.exitCode = 1;
} else {
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")),
  );
  writeFileSync(lockUrl, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`Added ${added.length} platform packages to package-lock.json.`);
}

/** The lock entry of a platform package such as `@scope/tool-linux-x64-musl`, or undefined where the name tells too little. */
function entryFromName(name, version, dev) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined) return undefined;
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  return {
    version,
    cpu: [cpu],
    ...(dev ? { dev: true } : {}),
    ...(os === "linux" ? { libc: [libc] } : {}),
    optional: true,
    os: [os],
  };
}
