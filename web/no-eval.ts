/**
 * The page's security policy forbids eval; zod is told not to try, where it looks for its settings. Not by its own `config`:
 * that would bring the library into the first load, which does without. Runs before anything else.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
