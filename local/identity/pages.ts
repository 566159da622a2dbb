import type { Account } from "./accounts.ts";
import { type Words, wordsIn } from "./words.ts";

/**
 * The pages of the identity provider as HTML: no script, one style sheet, forms that post.
 * Every value from outside goes through `escapeHtml`.
 */

/** A form's target and the token that proves the form came from us. */
export interface FormContext {
  /** Path of the sign-in, without a trailing slash. */
  readonly path: string;
  readonly csrfToken: string;
  /** Of the page around it. */
  readonly language: string;
}

export interface Pages {
  chooseHow(form: FormContext, samplePeople: readonly Account[], problem?: Problem): string;
  enterCode(form: FormContext, problem?: Problem): string;
  /** `form` is the ready-made form with id `op.logoutForm`. */
  confirmSignOut(language: string, form: string): string;
  signedOut(language: string): string;
  /** `code` is what a person may read out to support. */
  failure(language: string, failure: Failure, code?: string): string;
}

/** What is wrong with what was typed, and in the field it was typed into. */
interface Problem {
  readonly message: string;
  readonly typed?: string;
}

export type Failure = keyof Words["failures"];

export function createPages(paths: { styleSheet: string; portal: string }): Pages {
  const page = (language: string, title: string, body: string) => `<!doctype html>
<html lang="${escapeHtml(language)}">
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
      const words = wordsIn(form.language);
      const byMail = `<h2>${samplePeople.length > 0 ? words.orByMail : words.byMail}</h2>
${openForm(form, "/email")}
<label for="email">${words.email}</label>
<p class="hint" id="email-hint">${words.emailHelp}</p>
${alert("email-problem", problem)}
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254"
 value="${escapeHtml(problem?.typed ?? "")}" ${describedBy("email", problem)}>
<button type="submit">${words.sendCode}</button>
</form>`;
      return page(form.language, words.signIn, sampleList(form, samplePeople) + byMail);
    },

    enterCode(form, problem) {
      const words = wordsIn(form.language);
      return page(
        form.language,
        words.enterCode,
        `<p>${words.codeSent}</p>
${openForm(form, "/code")}
<label for="code">${words.code}</label>
<p class="hint" id="code-hint">${words.codeHelp}</p>
${alert("code-problem", problem)}
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"
 ${describedBy("code", problem)}>
<button type="submit">${words.signIn}</button>
</form>
<p><a href="${escapeHtml(form.path)}">${words.otherAddress}</a></p>`,
      );
    },

    confirmSignOut(language, form) {
      const words = wordsIn(language);
      return page(
        language,
        words.signOutQuestion,
        `${form}
<p>${words.signedInHere}</p>
<p><button type="submit" form="op.logoutForm" name="logout" value="yes">${words.signOut}</button></p>
<p><button class="secondary" type="submit" form="op.logoutForm">${words.staySignedIn}</button></p>`,
      );
    },

    signedOut(language) {
      const { signedOut, signInAgain } = wordsIn(language);
      return page(language, signedOut, toPortal(signInAgain));
    },

    failure(language, failure, code) {
      const { failures, toFairway, forSupport } = wordsIn(language);
      const { title, advice } = failures[failure];
      return page(
        language,
        title,
        `<p>${escapeHtml(advice)}</p>
${toPortal(toFairway)}
${code === undefined ? "" : `<p class="hint">${forSupport} <code>${escapeHtml(code)}</code></p>`}`,
      );
    },
  };
}

function sampleList(form: FormContext, people: readonly Account[]): string {
  if (people.length === 0) return "";
  const words = wordsIn(form.language);
  const buttons = people.map(({ personId, name, roles }) => {
    const labels = roles.map(({ role, organisation }) => `${words.role[role]}, ${organisation}`);
    return `<li><button class="person" type="submit" name="personId" value="${escapeHtml(personId)}">
<span class="name">${escapeHtml(name)}</span>
<span class="role">${escapeHtml(labels.join("; "))}</span></button></li>`;
  });
  return `<h2>${words.samplePeople}</h2>
<p>${words.sampleHelp}</p>
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
