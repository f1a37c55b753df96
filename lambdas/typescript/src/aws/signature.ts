import { encoded, hex, hmac, sha256 } from "../hash.js";
import type { Credentials } from "./credentials.js";

export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Sign a request by AWS Signature Version 4; returns all of its headers but `host`.
 *
 * It is for requests of one parameter at most, whose path and values need no escapes.
 */
export async function signed(
  { method, url, headers, body }: SignedRequest,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  region: string,
  service: string,
): Promise<Record<string, string>> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const sent: Record<string, string> = { ...headers, "x-amz-date": date };
  if (sessionToken) sent["x-amz-security-token"] = sessionToken;
  const lines = Object.entries({ ...sent, host: url.host })
    .map(([name, value]) => `${name}:${value}`)
    .sort();
  const names = lines.map((line) => line.split(":")[0]).join(";");
  const canonical = [
    method,
    url.pathname,
    url.search.slice(1),
    ...lines,
    "",
    names,
    await sha256(body),
  ].join("\n");
  const scope = [date.slice(0, 8), region, service, "aws4_request"];
  const text = ["AWS4-HMAC-SHA256", date, scope.join("/"), await sha256(canonical)].join("\n");
  let key = encoded(`AWS4${secretAccessKey}`);
  for (const part of scope) key = await hmac(key, part);
  const signature = hex(await hmac(key, text));
  const credential = `${accessKeyId}/${scope.join("/")}`;
  sent["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return sent;
}
