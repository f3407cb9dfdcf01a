import { config } from 'zod';

// The content security policy forbids eval. Zod would try it, once, and the browser would report that as an attack.
config({ jitless: true });
