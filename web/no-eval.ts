/** The page's security policy forbids eval; zod is told not to try. Imported before any schema is used. */
import { config } from "zod";

config({ jitless: true });
