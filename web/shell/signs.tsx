/** Drawn signs; what they stand for is said beside them. */

/** The two banks and the course between them, as in `icon.svg`. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="36" height="36" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0b5a82" />
      <g fill="none" strokeWidth="2.4" strokeLinecap="round">
        <path d="M9 26 13 6M23 26 19 6" stroke="#fff" />
        <path d="M16 26v-3m0-5v-3m0-5V8" stroke="#7cc4ea" />
      </g>
    </svg>
  );
}

export function PersonSign() {
  return (
    <svg className="only-narrow" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round">
        <circle cx="12" cy="8" r="4" />
        <path d="M4 20.5c1-4 4-6 8-6s7 2 8 6" />
      </g>
    </svg>
  );
}
