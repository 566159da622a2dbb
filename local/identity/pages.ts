import type { Account } from "./accounts.ts";

/**
 * The pages of the identity provider as HTML: no script, one style sheet, forms that post.
 * Every value from outside goes through `escapeHtml`.
 */

/** A form's target and the token that proves the form came from us. */
export interface FormContext {
  /** Path of the sign-in, without a trailing slash. */
  readonly path: string;
  readonly csrfToken: string;
}

export interface Pages {
  chooseHow(form: FormContext, samplePeople: readonly Account[], problem?: Problem): string;
  enterCode(form: FormContext, problem?: Problem): string;
  /** `form` is the ready-made form with id `op.logoutForm`. */
  confirmSignOut(form: string): string;
  signedOut(): string;
  /** `code` is what a person may read out to support. */
  failure(explanation: Explanation, code?: string): string;
}

/** What is wrong with what was typed, and in the field it was typed into. */
interface Problem {
  readonly message: string;
  readonly typed?: string;
}

/** What happened and what to do about it. */
export interface Explanation {
  readonly title: string;
  readonly advice: string;
}

export function createPages(paths: { styleSheet: string; portal: string }): Pages {
  const page = (title: string, body: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Fairway</title>
<link rel="stylesheet" href="${escapeHtml(paths.styleSheet)}">
</head>
<body>
<header><p>Fairway</p></header>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
</body>
</html>
`;
  const toPortal = (label: string) =>
    `<p><a class="button" href="${escapeHtml(paths.portal)}">${escapeHtml(label)}</a></p>`;

  return {
    chooseHow(form, samplePeople, problem) {
      const byMail = `<h2>${samplePeople.length > 0 ? "Or with your e-mail address" : "With your e-mail address"}</h2>
${openForm(form, "/email")}
<label for="email">E-mail address</label>
<p class="hint" id="email-hint">We send a code of six digits to this address.</p>
${alert("email-problem", problem)}
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254"
 value="${escapeHtml(problem?.typed ?? "")}" ${describedBy("email", problem)}>
<button type="submit">Send me a code</button>
</form>`;
      return page("Sign in", sampleList(form, samplePeople) + byMail);
    },

    enterCode(form, problem) {
      return page(
        "Enter your code",
        `<p>If the address is known here, a code is on its way to it. It is valid for ten minutes.</p>
${openForm(form, "/code")}
<label for="code">Code of six digits</label>
<p class="hint" id="code-hint">From the e-mail we just sent. Look into the spam folder too.</p>
${alert("code-problem", problem)}
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"
 ${describedBy("code", problem)}>
<button type="submit">Sign in</button>
</form>
<p><a href="${escapeHtml(form.path)}">Use another address or ask for a new code</a></p>`,
      );
    },

    confirmSignOut: (form) =>
      page(
        "Sign out?",
        `${form}
<p>You are signed in on this device.</p>
<p><button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button></p>
<p><button class="secondary" type="submit" form="op.logoutForm">Stay signed in</button></p>`,
      ),

    signedOut: () => page("You are signed out", toPortal("Sign in again")),

    failure: ({ title, advice }, code) =>
      page(
        title,
        `<p>${escapeHtml(advice)}</p>
${toPortal("Go to Fairway")}
${code === undefined ? "" : `<p class="hint">For support: <code>${escapeHtml(code)}</code></p>`}`,
      ),
  };
}

function sampleList(form: FormContext, people: readonly Account[]): string {
  if (people.length === 0) return "";
  const buttons = people.map(
    (person) => `<li><button class="person" type="submit" name="personId" value="${escapeHtml(person.personId)}">
<span class="name">${escapeHtml(person.name)}</span> <span class="badge">sample data</span>
<span class="role">${escapeHtml(person.roleLabel)}</span></button></li>`,
  );
  return `<h2>As a person of the sample programme</h2>
<p>These people and their pilots are sample data: invented, and open to everyone who can reach this page.</p>
${openForm(form, "/sample-person")}
<ul class="people">
${buttons.join("\n")}
</ul>
</form>
`;
}

function openForm({ path, csrfToken }: FormContext, action: string): string {
  return `<form method="post" action="${escapeHtml(path + action)}">
<input type="hidden" name="csrfToken" value="${escapeHtml(csrfToken)}">`;
}

function alert(id: string, problem: Problem | undefined): string {
  return problem === undefined ? "" : `<p class="problem" id="${id}" role="alert">${escapeHtml(problem.message)}</p>`;
}

function describedBy(field: string, problem: Problem | undefined): string {
  const hint = `aria-describedby="${field}-hint${problem ? ` ${field}-problem` : ""}"`;
  return problem ? `${hint} aria-invalid="true" autofocus` : hint;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
