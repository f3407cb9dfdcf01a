// One kind of work a number of times, for `perf stat`: node bench/once.mjs <name> <calls>
import { digitalBazaar, own } from './works.mjs';

const [name, calls] = process.argv.slice(2);
const works = { ...own };
if (name.startsWith('peer')) {
  const peer = await digitalBazaar();
  Object.assign(works, { peerIssue: peer.issue, peerVerify: peer.verify });
}
for (let call = 0; call < Number(calls); call++) await works[name]();
