// Starts `lemma lsp` for TLA+ files, and `lemma check` in a terminal.
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function settings() {
  return vscode.workspace.getConfiguration("lemma");
}

async function start() {
  const args = ["lsp"];
  for (const folder of settings().get("include")) args.push("--include", folder);
  const server = { command: settings().get("path"), args };
  client = new LanguageClient("lemma", "lemma", server, {
    documentSelector: [{ language: "tlaplus" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.{tla,cfg}") },
  });
  await client.start();
}

// check runs the spec of the editor in a terminal, where its table has room.
async function check() {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  await editor.document.save();
  const terminal = vscode.window.terminals.find((t) => t.name === "lemma") ?? vscode.window.createTerminal("lemma");
  terminal.show();
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  terminal.sendText(`${quoted(settings().get("path"))} check ${quoted(editor.document.fileName)}`);
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("lemma.check", check),
    vscode.commands.registerCommand("lemma.restart", async () => {
      await client?.stop();
      await start();
    }),
  );
  await start();
};

exports.deactivate = () => client?.stop();
