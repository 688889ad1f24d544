package frontend

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/source"
)

func TestConfigInSpec(t *testing.T) {
	const module = "---- MODULE Spec ----\nVARIABLE x\nInit == x = 0\nNext == x' = 1 - x\n====\n"
	const section = "\n---- CONFIG Spec ----\nINIT Init\nNEXT %\n====\nINVARIANT nothing here counts\n"
	spec := filepath.Join(t.TempDir(), "Spec.tla")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	write(spec, module)
	if got := ConfigBeside(source.Disk, spec); got != "" {
		t.Errorf("without a config: %q", got)
	}
	write(spec, module+strings.Replace(section, "%", "Next", 1))
	if got := ConfigBeside(source.Disk, spec); got != spec {
		t.Errorf("with a config in the spec: %q", got)
	}
	cfg, err := ReadConfig(&source.Set{}, spec)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Init.Text != "Init" || cfg.Next.Text != "Next" || len(cfg.Invariants) > 0 {
		t.Errorf("read INIT %v, NEXT %v and %d invariants", cfg.Init, cfg.Next, len(cfg.Invariants))
	}

	files := &source.Set{}
	write(spec, module+strings.Replace(section, "%", "= Next", 1))
	if _, err := ReadConfig(files, spec); err == nil || !strings.Contains(rendered(files, err), "Spec.tla:9:6") {
		t.Errorf("an error in the config is reported as %s", rendered(files, err))
	}

	beside := strings.TrimSuffix(spec, ".tla") + ".cfg"
	write(beside, "INIT Init NEXT Next")
	if got := ConfigBeside(source.Disk, spec); got != beside {
		t.Errorf("with a config beside: %q", got)
	}
}
