/** Keys of AWS, as its SDK has them. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** When they end; without it, the provider is asked for every call. */
  readonly expiration?: Date | undefined;
}

/** Whatever gives credentials: the SDK's providers, a host's, a function of your own. */
export type CredentialsProvider = () => Promise<Credentials>;

/** Seconds before their end in which credentials are no longer used. */
const SPARE = 300;

/** Ask a provider again only when what it gave is about to end. */
export function remembered(provider: CredentialsProvider): CredentialsProvider {
  let known: Promise<Credentials> | undefined;
  let ends = 0;
  return () => {
    if (!known || Date.now() > ends) {
      ends = Infinity;
      const asked = provider();
      known = asked;
      asked.then(
        ({ expiration }) => (ends = expiration ? +expiration - SPARE * 1000 : 0),
        () => (known = undefined),
      );
    }
    return known;
  };
}
