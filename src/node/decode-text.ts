/** Decodes a source file as UTF-8, or says where the bytes are not valid text. */
import { isUtf8 } from "node:buffer";

export type DecodedText = { readonly text: string } | { readonly problem: string };

/** Decodes UTF-8, with or without a byte order mark; the mark is not part of the text. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return { problem: "is UTF-16, not UTF-8: save it as UTF-8" };
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) return { problem: `is a binary file, not text: byte ${zero} is zero` };
  if (!isUtf8(bytes)) {
    const at = firstFaultyByte(bytes);
    const byte = (bytes[at] ?? 0).toString(16).padStart(2, "0");
    return {
      problem: `is not UTF-8: byte 0x${byte} at offset ${at} (line ${lineOf(bytes, at)}): save it as UTF-8`,
    };
  }
  return { text: new TextDecoder("utf-8").decode(bytes) };
}

function startsWith(bytes: Uint8Array, first: number, second: number): boolean {
  return bytes[0] === first && bytes[1] === second;
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset; at++) if (bytes[at] === 0x0a) line++;
  return line;
}

/** The end of the longest prefix that is UTF-8: well-formedness of prefixes cut at a character is monotonic, so search by halves. */
function firstFaultyByte(bytes: Uint8Array): number {
  let sound = 0;
  let faulty = bytes.length;
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1;
    if (prefixIsSound(bytes, middle)) sound = middle;
    else faulty = middle;
  }
  return characterStart(bytes, sound);
}

/** Whether the first `length` bytes are UTF-8, an unfinished last character aside. */
function prefixIsSound(bytes: Uint8Array, length: number): boolean {
  return isUtf8(bytes.subarray(0, characterStart(bytes, length)));
}

/** `offset`, or the start of the multi-byte character that `offset` cuts in two. */
function characterStart(bytes: Uint8Array, offset: number): number {
  for (let back = 1; back <= 3 && back <= offset; back++) {
    const byte = bytes[offset - back] ?? 0;
    if (byte < 0x80) return offset;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? offset - back : offset;
    }
  }
  return offset;
}
