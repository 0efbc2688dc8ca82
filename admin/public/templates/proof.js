// The work that `proof_of_work.py` asks for, in small pieces of time, so that the page stays alive. Needs `Sha256`.
"use strict";

const PARTS = 8, PART_BITS = 3, SLICE = 40; // milliseconds

// The answer to a task of so many bits. Begin while the words are being typed, and nobody waits for it.
async function proven(task, bits) {
  const seed = hexOf(task).slice(0, 32), numbers = [];
  for (let part = 0; part < PARTS; part += 1) numbers.push(await searched(`${seed}.${part}.`, bits - PART_BITS));
  return numbers.join(".");
}

async function searched(prefix, bits) {
  const block = new Uint8Array(64), hash = new Sha256(), most = 2 ** (32 - bits);
  for (let at = 0; at < prefix.length; at += 1) block[at] = prefix.charCodeAt(at);
  let until = performance.now() + SLICE;
  for (let number = 0; ; number += 1) {
    if (first(hash, block, prefix.length, number) < most) return number;
    if (number % 256 === 255 && performance.now() > until) {
      await new Promise((go) => setTimeout(go));
      until = performance.now() + SLICE;
    }
  }
}

// The first 32 bits of the hash of the prefix and the number, which are together one block (FIPS 180-4, 5.1.1).
function first(hash, block, start, number) {
  const digits = String(number), end = start + digits.length;
  for (let at = 0; at < digits.length; at += 1) block[start + at] = digits.charCodeAt(at);
  block[end] = 0x80;
  block.fill(0, end + 1);
  block[62] = end >> 5;
  block[63] = (end << 3) & 255;
  hash.state.set(START);
  hash.block(block, 0);
  return hash.state[0] >>> 0;
}

function hexOf(text) {
  const hash = new Sha256();
  hash.update(new TextEncoder().encode(text));
  return hash.digest();
}
