import type { Network } from '../network.ts';

/** A network that asks each address once: nested credentials mostly share one issuer and one status list. */
export function askOnce(network: Network): Network {
  const answers = new Map<string, ReturnType<Network['fetch']>>();
  return {
    fetch(url, purpose) {
      const key = `${purpose} ${url}`;
      const known = answers.get(key);
      if (known !== undefined) return known;
      const answer = network.fetch(url, purpose);
      answers.set(key, answer);
      return answer;
    },
  };
}
