/** Owns the tool's version as output names it; package.json is where it is decided. */
import packageJson from "../../../package.json" with { type: "json" };

export const TOOL_VERSION: string = packageJson.version;
