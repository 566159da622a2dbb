import "./no-eval.ts";
import "./styles.css";
import "./theme/mantine.css";
import "@mantine/notifications/styles.layer.css";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, StrictMode, Suspense, startTransition } from "react";
import { createRoot } from "react-dom/client";
import { startLanguage } from "./language/language.ts";
import { pause } from "./pause.ts";
import { router } from "./routes.tsx";
import { askAhead } from "./shell/who-and-when.ts";
import { cssVariables, theme } from "./theme/theme.ts";

const Notifications = lazy(() =>
  import("@mantine/notifications").then((module) => ({ default: module.Notifications })),
);

const root = document.getElementById("portal");
if (root === null) throw new Error("index.html has no place for the portal.");
const words = startLanguage();
// Side by side: who is there, and the first page with its words.
const all = Promise.allSettled([askAhead(), pause().then(() => router.load())]);
// Not awaited at the top: every page imports from the file this ends up in, and would wait for it too.
void words.then(async () => {
  await Promise.race([all, noticeableWait()]);
  // In pieces, between which a phone listens to whoever uses it.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariables}
          defaultColorScheme="auto"
          withGlobalClasses={false}
        >
          <Suspense>
            <Notifications position="bottom-right" />
          </Suspense>
          <RouterProvider router={router} />
        </MantineProvider>
      </StrictMode>,
    ),
  );
});

/** From then on the portal says that it waits. */
const noticeableWait = () => new Promise<void>((resolve) => setTimeout(resolve, 1000));
