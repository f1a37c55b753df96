import type { CredentialsProvider } from "../aws/credentials.js";
import { AwsError, SettingsError } from "../errors.js";

/** Milliseconds. */
const PATIENCE = 5000;

export interface WebIdentityOptions {
  readonly roleArn: string;
  readonly region: string;
  /** Asked for a token of OpenID Connect whenever a role is assumed: Vercel's, GitHub's. */
  readonly token: () => Promise<string>;
  /** Name of the session, as CloudTrail shows it. */
  readonly sessionName?: string;
  /** Where STS is, if it is not the region's own. */
  readonly endpoint?: string;
}

/** Credentials of a role that trusts an OpenID Connect provider; no secret is kept anywhere. */
export function webIdentity(options: WebIdentityOptions): CredentialsProvider {
  const { roleArn, region, token, sessionName = "clarivum-jobs" } = options;
  const endpoint = options.endpoint ?? `https://sts.${region}.amazonaws.com`;
  return async () => {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({
        Action: "AssumeRoleWithWebIdentity",
        Version: "2011-06-15",
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        WebIdentityToken: await token(),
      }),
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = await answer.text();
    if (!answer.ok) {
      const code = /"Code":\s*"(\w+)"|<Code>(\w+)</.exec(text);
      throw new AwsError(code?.[1] ?? code?.[2] ?? `Status${answer.status}`, answer.status >= 500);
    }
    return read(text);
  };
}

/**
 * A token for a workflow of GitHub Actions that has `permissions: {id-token: write}`.
 *
 * @param environment - `process.env` of the workflow.
 */
export function githubToken(
  environment: Readonly<Record<string, string | undefined>>,
  audience = "sts.amazonaws.com",
): () => Promise<string> {
  return async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } =
      environment;
    if (!url || !bearer) {
      throw new SettingsError("no GitHub token can be had: set `permissions: {id-token: write}`");
    }
    const answer = await fetch(`${url}&audience=${encodeURIComponent(audience)}`, {
      headers: { authorization: `bearer ${bearer}` },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!answer.ok) throw new AwsError(`Status${answer.status}`, answer.status >= 500);
    return ((await answer.json()) as { value: string }).value;
  };
}

/** STS answers in JSON if it is asked to, and in XML elsewhere. */
function read(text: string) {
  const field = (name: string) => {
    const found = new RegExp(`"${name}":\\s*"?([^",}]+)|<${name}>([^<]+)<`).exec(text);
    return found?.[1] ?? found?.[2] ?? "";
  };
  const ends = field("Expiration");
  return {
    accessKeyId: field("AccessKeyId"),
    secretAccessKey: field("SecretAccessKey"),
    sessionToken: field("SessionToken"),
    expiration: new Date(/^[\d.e+]+$/i.test(ends) ? Number(ends) * 1000 : ends),
  };
}
