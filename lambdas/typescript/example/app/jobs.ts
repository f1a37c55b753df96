import { createProducer, settingsFrom } from "@clarivum/jobs";
import { environmentCredentials } from "@clarivum/jobs/credentials/environment";
import { webIdentity } from "@clarivum/jobs/credentials/web-identity";
import { getVercelOidcToken } from "@vercel/oidc";

let made: ReturnType<typeof createProducer> | undefined;

/** The producer of this site, made by the first request: a build has no settings yet. */
export function jobs() {
  made ??= createProducer({ ...settingsFrom(process.env), credentials: credentials() });
  return made;
}

/** On Vercel a role is assumed with the request's token; elsewhere the environment has keys. */
function credentials() {
  const { VERCEL, AWS_ROLE_ARN: roleArn = "", AWS_REGION: region = "" } = process.env;
  if (!VERCEL) return environmentCredentials(process.env);
  return webIdentity({ roleArn, region, token: getVercelOidcToken });
}
