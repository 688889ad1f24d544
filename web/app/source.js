// A text of the spec, shown at the line that somebody asks for.

import { h, button } from "./dom.js";
import { Editor } from "./editor.js";

// showSource opens a dialog with the file of a place, "Module.tla:27:5", from the
// texts of a job.
export function showSource(modules, place) {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  const editor = new Editor({ label: file, readonly: true });
  const dialog = h("dialog.sheet.source", { "aria-label": place, onclose: () => dialog.remove() },
    h("div.column", h("div.head", h("h2.mono", place), button("Close", () => dialog.close())),
      file in modules ? editor.element : h("p", `The text of ${file} is not part of the run: it is a standard module.`)));
  document.body.append(dialog);
  dialog.showModal();
  if (!(file in modules)) return;
  editor.open(file, modules[file]);
  editor.mark([{ line: Number(line), column: Number(column), end_line: Number(line), end_column: 1 + modules[file].split("\n")[line - 1]?.length, severity: "here" }]);
  editor.goTo(Number(line), Number(column));
}
