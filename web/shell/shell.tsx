/** The frame around every page: who acts, where to go, in which language, at what time. */
import { Burger, Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link, useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OutputOf } from "../../shared/contracts/operations.ts";
import { ActionButton } from "../parts/action.tsx";
import { PageLink } from "../parts/page.tsx";
import { listenForInvalid } from "../parts/validity-in-words.ts";
import { signOut } from "../session.ts";
import { ClockControl } from "./clock-control.tsx";
import { Disclosure } from "./disclosure.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { mayStandIn, navigationFor } from "./navigation.ts";
import { SearchBox } from "./search-box.tsx";
import { listenForShortcuts, useShortcut } from "./shortcuts.ts";
import { Logo, PersonSign } from "./signs.tsx";

const NarrowMenu = lazy(() => import("./narrow-menu.tsx").then((module) => ({ default: module.NarrowMenu })));
const StandingIn = lazy(() => import("./standing-in.tsx").then((module) => ({ default: module.StandingIn })));
const ShortcutHelp = lazy(() => import("./shortcut-help.tsx").then((module) => ({ default: module.ShortcutHelp })));

interface ShellProps {
  readonly me: OutputOf<"getMe">;
  readonly clock: OutputOf<"getClock">;
  readonly children: ReactNode;
  actIn(membershipId: string): void;
  onClockMoved(): void;
}

export function Shell({ me, clock, children, actIn, onClockMoved }: ShellProps) {
  const { t } = useTranslation("common");
  const [isDrawerOpen, drawer] = useDisclosure(false);
  const [isHelpOpen, help] = useDisclosure(false);
  useEffect(listenForShortcuts, []);
  useEffect(listenForInvalid, []);
  useShortcut("?", t("shortcuts.title"), help.open);
  return (
    <>
      <a className="skip" href="#main">
        {t("shell.skip")}
      </a>
      <header>
        {me.acting.sample || clock.movable ? (
          <div className="system-bar">
            {me.acting.sample ? <p className="sample">{t("shell.sample")}</p> : null}
            {clock.movable ? <ClockControl clock={clock} mayMove={mayMoveClock(me)} onMoved={onClockMoved} /> : null}
          </div>
        ) : null}
        <div className="shell-bar">
          <Burger
            className="only-narrow"
            opened={isDrawerOpen}
            onClick={drawer.toggle}
            aria-label={t("shell.menu")}
            size="sm"
          />
          <p className="brand">
            <Logo /> Fairway <span className="programme">{me.acting.programmeName}</span>
          </p>
          <nav aria-label={t("shell.main")} className="only-wide">
            <Navigation me={me} />
          </nav>
          <div className="only-wide">
            <SearchBox />
          </div>
          <PersonMenu me={me} actIn={actIn} openHelp={help.open} />
        </div>
      </header>
      {isDrawerOpen ? (
        <Suspense>
          <NarrowMenu title={me.acting.programmeName} onClose={drawer.close}>
            <SearchBox onSearched={drawer.close} />
            <nav aria-label={t("shell.main")}>
              <Navigation me={me} onFollowed={drawer.close} />
            </nav>
          </NarrowMenu>
        </Suspense>
      ) : null}
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      {isHelpOpen ? (
        <Suspense>
          <ShortcutHelp onClose={help.close} />
        </Suspense>
      ) : null}
    </>
  );
}

const mayMoveClock = ({ acting }: OutputOf<"getMe">) =>
  acting.role === "coordinator" || acting.role === "administrator";

function Navigation(props: { readonly me: OutputOf<"getMe">; onFollowed?(): void }) {
  const { t } = useTranslation("common");
  const items = navigationFor(props.me.acting.role);
  return (
    <ul className="navigation">
      {items.map(({ name, link, keys }) => (
        <li key={name}>
          <Link
            {...link}
            // Also with filters in the address.
            activeOptions={{ exact: link.to === "/", includeSearch: false }}
            activeProps={{ className: "here", "aria-current": "page" }}
            onClick={() => props.onFollowed?.()}
          >
            {t(`nav.${name}`)}
          </Link>
          <GoThere to={link.to} keys={keys} label={t("shortcuts.goTo", { page: t(`nav.${name}`) })} />
        </li>
      ))}
    </ul>
  );
}

function GoThere({
  to,
  keys,
  label,
}: {
  readonly to: ReturnType<typeof navigationFor>[number]["link"]["to"] | "/settings";
  readonly keys: string;
  readonly label: string;
}) {
  const navigate = useNavigate();
  useShortcut(keys, label, () => void navigate({ to }));
  return null;
}

function PersonMenu(props: { readonly me: OutputOf<"getMe">; actIn(membershipId: string): void; openHelp(): void }) {
  const { me } = props;
  const { t, i18n } = useTranslation("common");
  const [wasOpened, setWasOpened] = useState(false);
  const who = (
    <>
      {me.person.name} <span className="quiet">{t(`role.${me.acting.role}`)}</span>
    </>
  );
  return (
    <Disclosure
      onOpen={() => setWasOpened(true)}
      summary={
        <>
          <PersonSign />
          <span>{who}</span>
        </>
      }
    >
      <p className="only-narrow">{who}</p>
      {me.memberships.length > 1 ? (
        <NativeSelect
          label={t("shell.actAs")}
          value={me.acting.id}
          onChange={(event) => props.actIn(event.currentTarget.value)}
          data={me.memberships.map(({ id, role, organisation, programmeName }) => ({
            value: id,
            label: `${t(`role.${role}`)}, ${organisation.name} (${programmeName})`,
          }))}
        />
      ) : (
        <p className="quiet">{me.acting.organisation.name}</p>
      )}
      {wasOpened && mayStandIn(me.acting.role) ? (
        <Suspense>
          <StandingIn />
        </Suspense>
      ) : null}
      <LanguageSwitch />
      <PageLink to="/settings">{t("shell.settings")}</PageLink>
      <GoThere to="/settings" keys="g s" label={t("shortcuts.goTo", { page: t("shell.settings") })} />
      <Button className="only-wide" variant="default" onClick={props.openHelp}>
        {t("shortcuts.title")}
      </Button>
      <ActionButton act={() => signOut(i18n.language)}>{t("shell.signOut")}</ActionButton>
    </Disclosure>
  );
}
