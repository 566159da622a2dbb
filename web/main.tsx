import "./no-eval.ts";
import "./styles.css";
import "./theme/mantine.css";
import "@mantine/notifications/styles.layer.css";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { startLanguage } from "./language/language.ts";
import { router } from "./routes.tsx";
import { askAhead } from "./shell/who-and-when.ts";
import { cssVariables, theme } from "./theme/theme.ts";

const Notifications = lazy(() =>
  import("@mantine/notifications").then((module) => ({ default: module.Notifications })),
);

const root = document.getElementById("portal");
if (root === null) throw new Error("index.html has no place for the portal.");
const words = startLanguage();
askAhead();
// The first page's script and words come beside those of the frame, not after them.
void router.load();
// Not awaited at the top: every page imports from the file this ends up in, and would wait for it too.
void words.then(() =>
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Suspense>
          <Notifications position="bottom-right" />
        </Suspense>
        <RouterProvider router={router} />
      </MantineProvider>
    </StrictMode>,
  ),
);
