/** The version of the tool as its output shows it, read from package.json. */
import packageJson from "../../../package.json" with { type: "json" };

export const TOOL_VERSION: string = packageJson.version;
