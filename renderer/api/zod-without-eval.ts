/**
 * The content policy allows no code that is made from text. zod would try to make some, and the browser would report each page for it; so it is
 * told beforehand. The page's first import, for schemas ask when they are made.
 */
import { config } from 'zod';

config({ jitless: true });
