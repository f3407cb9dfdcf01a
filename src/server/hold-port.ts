import { type AddressInfo, createServer } from 'node:net';

/** A free port of this machine, held until it is released: what will listen on it may take seconds to come so far. */
export async function holdPort(): Promise<{ port: number; release(): Promise<void> }> {
  const holder = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    holder.once('error', reject);
    holder.listen(0, '127.0.0.1', resolve);
  });
  // Where what follows fails, the process can end.
  holder.unref();
  const { port } = holder.address() as AddressInfo;
  return { port, release: () => new Promise((resolve) => holder.close(() => resolve())) };
}
