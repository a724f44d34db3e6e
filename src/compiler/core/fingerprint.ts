/** Hashes a list of texts to a short fingerprint that is the same on every machine. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Hexadecimal digits of a fingerprint: 48 bits. */
const LENGTH = 12;

/** The first 12 hexadecimal digits of the SHA-256 of all parts, with unambiguous boundaries. */
export function fingerprint(parts: readonly string[]): string {
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, LENGTH);
}
