package browser

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// axeVersion is that of axe-core, a checker of accessibility (MPL 2.0). It is used
// by tests alone, and no part of the program.
const axeVersion = "4.14.1"

// axe is the text of axe-core: from the cache of the user, or from npm, which puts
// it there.
var axe = sync.OnceValues(func() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "lemma-tests", "axe-core-"+axeVersion)
	path := filepath.Join(folder, "node_modules", "axe-core", "axe.min.js")
	if text, err := os.ReadFile(path); err == nil {
		return string(text), nil
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	npm := exec.Command("npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", folder, "axe-core@"+axeVersion)
	if out, err := npm.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w %s", err, out)
	}
	text, err := os.ReadFile(path)
	return string(text), err
})

// Accessible checks the page with axe-core, in light and in dark. Findings that are
// serious or critical fail the test; it is skipped where axe-core cannot be had.
func (t *Tab) Accessible(page string) {
	t.Helper()
	text, err := axe()
	if err != nil {
		t.Logf("%s is not checked: there is no axe-core here: %v", page, err)
		return
	}
	for _, dark := range []bool{false, true} {
		t.Dark(dark)
		if !Eval[bool](t, `typeof axe !== "undefined"`) {
			Eval[int](t, text+";0")
		}
		found := Eval[[]string](t, `axe.run({resultTypes: ["violations"]}).then(r => r.violations
			.filter(v => v.impact === "serious" || v.impact === "critical")
			.map(v => v.id + ": " + v.help + "\n    " + v.nodes.slice(0, 4).map(n => n.html + " " + n.any.map(a => a.message).join("; ")).join("\n    ")))`)
		if len(found) > 0 {
			t.Errorf("%s (dark: %t) is not accessible:\n  %s", page, dark, strings.Join(found, "\n  "))
		}
	}
	t.Dark(false)
}
