/** What is used of `node:crypto`: it answers at once, where Web Crypto waits for other threads. */
interface NodeCrypto {
  createHash(algorithm: string): Hash;
  createHmac(algorithm: string, key: Uint8Array): Hash;
}

interface Hash {
  update(text: string): Hash;
  digest(): Uint8Array<ArrayBuffer>;
}

const SHA = "sha256";

/** SHA-256 of text, in hex. */
export async function sha256(text: string): Promise<string> {
  const digest = node()?.createHash(SHA).update(text).digest();
  return hex(digest ?? (await crypto.subtle.digest("SHA-256", encoded(text))));
}

/** HMAC of text by SHA-256. */
export async function hmac(
  key: Uint8Array<ArrayBuffer>,
  text: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const digest = node()?.createHmac(SHA, key).update(text).digest();
  if (digest) return digest;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoded(text)));
}

export function encoded(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export function hex(digest: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Node's own module if this is Node; asked for like this, no bundler looks for it. */
function node(): NodeCrypto | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => NodeCrypto };
  };
  return process?.getBuiltinModule?.("node:crypto");
}
