/**
 * Calm colours of our own, every text on its ground at 4.5:1 or more, in light and dark (test/web/theme.test.ts).
 * System fonts only: nothing is downloaded.
 */
import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";

/** The blue of the water; 8 carries white text, 3 carries dark text. */
const fairway: MantineColorsTuple = [
  "#eaf4fa",
  "#d3e7f3",
  "#a6cfe6",
  "#7cc4ea",
  "#4fa6d6",
  "#2b89bd",
  "#17739f",
  "#0f658f",
  "#0b5a82",
  "#084564",
];

const good: MantineColorsTuple = [
  "#e9f6ee",
  "#d2ecdc",
  "#b4e0c5",
  "#8fd6a9",
  "#63bb84",
  "#409f66",
  "#2c8650",
  "#227646",
  "#1c6b3c",
  "#12502b",
];

const warn: MantineColorsTuple = [
  "#fff6e6",
  "#fdeacb",
  "#f9d9a0",
  "#f4c27a",
  "#e3a347",
  "#c98526",
  "#ab6b10",
  "#985a06",
  "#8a4b00",
  "#653700",
];

const alert: MantineColorsTuple = [
  "#fdf0ef",
  "#fbdedc",
  "#ffbcb8",
  "#ff9a94",
  "#ef6d68",
  "#d9464a",
  "#c02a32",
  "#b01f27",
  "#a3181f",
  "#7c0f15",
];

export const theme: MantineThemeOverride = createTheme({
  colors: { fairway, good, warn, alert },
  primaryColor: "fairway",
  primaryShade: { light: 8, dark: 3 },
  black: "#14212b",
  autoContrast: true,
  // White on the mid shades would be too faint.
  luminanceThreshold: 0.25,
  fontFamily: "system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, monospace",
  headings: { fontFamily: "system-ui, sans-serif" },
  defaultRadius: "md",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  // By name: naming the components themselves would put them into what every page loads first.
  components: {
    // Scroll is locked by styles.css: Mantine's own lock writes a <style> element. A dialog's head is no second page header.
    Modal: { defaultProps: { lockScroll: false, attributes: { header: { role: "none" } } } },
    Drawer: { defaultProps: { lockScroll: false, attributes: { header: { role: "none" } } } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: false } } },
  },
});

/** Mantine would write these almost white in dark, where a warning or what can be pressed looks like any other text. */
const inColour = Object.fromEntries(
  Object.entries({ fairway, good, warn, alert }).flatMap(([name, shades]) => [
    [`--mantine-color-${name}-light-color`, shades[3]],
    [`--mantine-color-${name}-outline`, shades[3]],
  ]),
);

/** Where Mantine's own greys and reds are too faint on our grounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#f4f7f9",
    "--mantine-color-dimmed": "#4a5b67",
    "--mantine-color-placeholder": "#5d6d78",
    "--mantine-color-error": "#a3181f",
    "--mantine-color-anchor": "#0b5a82",
    "--mantine-color-default-border": "#7b8b96",
    // The lines of fields, boxes and choices.
    "--mantine-color-gray-4": "#7b8b96",
  },
  dark: {
    "--mantine-color-body": "#10181e",
    "--mantine-color-text": "#eef3f6",
    "--mantine-color-default": "#1a252d",
    // The ground of fields: Mantine's own grey has nothing of our blue.
    "--mantine-color-dark-6": "#141e25",
    "--mantine-color-default-hover": "#233039",
    "--mantine-color-default-color": "#eef3f6",
    "--mantine-color-dimmed": "#b4c2cb",
    "--mantine-color-placeholder": "#9fb0bb",
    "--mantine-color-error": "#ff9a94",
    "--mantine-color-anchor": "#7cc4ea",
    "--mantine-color-default-border": "#71828e",
    "--mantine-color-dark-4": "#71828e",
    // The arrow of a list to choose from.
    "--combobox-chevron-color": "#b4c2cb",
    ...inColour,
    // Buttons and ticked boxes have white on them in both schemes; shade 3 is for text.
    "--mantine-color-fairway-filled": "#1c7bab",
    "--mantine-color-fairway-filled-hover": "#17739f",
    "--mantine-color-alert-filled": "#d03a40",
    "--mantine-color-alert-filled-hover": "#c02a32",
  },
});
