/** Every shortcut of the page that is open, and the switch for all of them. Opened by `?`. */
import { Kbd, Modal, Switch, Table } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFocusReturned } from "../parts/focus-kept.ts";
import { areShortcutsOn, switchShortcuts, useShortcuts } from "./shortcuts.ts";

export function ShortcutHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation("common");
  useFocusReturned();
  const [isOn, setOn] = useState(areShortcutsOn);
  const shortcuts = useShortcuts();
  return (
    <Modal opened onClose={onClose} title={t("shortcuts.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <Table className="shortcuts">
        <Table.Tbody>
          {[...new Map(shortcuts.map((each) => [each.keys, each])).values()].map(({ keys, label }) => (
            <Table.Tr key={keys}>
              <Table.Td>
                {keys.split(" ").map((key, index) => (
                  <span key={key}>
                    {index > 0 ? ` ${t("shortcuts.then")} ` : null}
                    <Kbd>{key}</Kbd>
                  </span>
                ))}
              </Table.Td>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Switch
        mt="md"
        label={t("shortcuts.on")}
        description={t("shortcuts.onHelp")}
        checked={isOn}
        onChange={(event) => {
          switchShortcuts(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
