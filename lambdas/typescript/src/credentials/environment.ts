import type { CredentialsProvider } from "../aws/credentials.js";
import { SettingsError } from "../errors.js";

/** Credentials from `AWS_ACCESS_KEY_ID` and its companions, read at every call. */
export function environmentCredentials(
  environment: Readonly<Record<string, string | undefined>>,
): CredentialsProvider {
  return async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
    if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
      throw new SettingsError("the environment lacks AWS_ACCESS_KEY_ID or AWS_SECRET_ACCESS_KEY");
    }
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    };
  };
}
