import { UnavailableError } from '../../core/finding.ts';
import type { Network } from '../../core/network.ts';

/** In milliseconds. */
const patience = 2000;

/**
 * For one page: everything that others host has this time together, so that a page keeps nobody waiting whose document names
 * many hosts that are slow to answer. What came too late cannot be told. What this instance publishes itself is always there.
 */
export function withPatience(network: Network, publicUrl: string): Network {
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    setTimeout(resolve, patience).unref();
  }).then(() => {
    isOver = true;
  });
  return {
    fetch(url, purpose) {
      if (url.startsWith(`${publicUrl}/`)) return network.fetch(url, purpose);
      return new Promise((found, refuse) => {
        const giveUp = () => refuse(new UnavailableError(url, 'timeout'));
        if (isOver) return giveUp();
        void over.then(giveUp);
        network.fetch(url, purpose).then(found, refuse);
      });
    },
  };
}
