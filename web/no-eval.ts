/**
 * The page's security policy forbids eval; zod is told not to try, where it looks for its settings when it loads. Not by its
 * own `config`: that would bring the library into the first load, which does without. Imported before anything else.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
