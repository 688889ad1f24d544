package constructs

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/internal/tlatools"
	"github.com/lemma-mc/lemma/job"
)

var update = flag.Bool("update", false, "write what is missing in answers.txt by TLC")

// A row is a module with a config.
type row struct{ name, text, cfg string }

// module is a module M with what it extends.
func module(extends, body string) string {
	return "---- MODULE M ----\nEXTENDS " + extends + "\n" + body + "\n====\n"
}

const usual = "Integers, Sequences, FiniteSets, TLC, Bags"

var cfgLine = regexp.MustCompile(`(?m)^\\\*cfg (.*)$`)

// rows are all modules, by topic and name.
func rows(t testing.TB) []row {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no archives: ", err)
	}
	var out []row
	for _, path := range paths {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		topic := strings.TrimSuffix(filepath.Base(path), ".txtar")
		for _, f := range ar.Files {
			r := row{name: topic + "/" + f.Name, text: module(usual, string(f.Data))}
			for _, m := range cfgLine.FindAllStringSubmatch(string(f.Data), -1) {
				r.cfg += m[1] + "\n"
			}
			if !strings.Contains(r.cfg, "SPECIFICATION") && !strings.Contains(r.cfg, "INIT") {
				r.cfg += "INIT Init\nNEXT Next\n"
			}
			out = append(out, r)
		}
	}
	return out
}

// table reads a file of lines of a name and what belongs to it.
func table(t testing.TB, path string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		name, rest, _ := strings.Cut(line, " ")
		out[name] = rest
	}
	return out
}

// answer is what comes out of a module: exit code, states generated and distinct.
func answer(t testing.TB, r row, engine string) (got, explained string) {
	t.Helper()
	j := &job.Job{Root: "M", Config: "M.cfg", Engine: engine, Workers: 1,
		Modules: map[string]string{"M.tla": r.text, "M.cfg": r.cfg}}
	task := job.Load(context.Background(), j, job.Env{})
	result := task.Run(context.Background())
	explained = fmt.Sprint(result.Err)
	for _, w := range task.Warnings {
		explained += "\n" + w.Message
	}
	if result.Counts == nil {
		return fmt.Sprintf("%d 0 0", result.ExitCode()), explained
	}
	return fmt.Sprintf("%d %d %d", result.ExitCode(), result.Counts.Generated, result.Counts.Distinct), explained
}

// TestModules holds what comes out of each module against the answers. Of a module
// that ends with an error the states are not compared: how far a search has come
// then is its own affair.
func TestModules(t *testing.T) {
	answers, differs := table(t, "testdata/answers.txt"), table(t, "testdata/differs.txt")
	all := rows(t)
	if len(all) != len(answers) && !*update {
		t.Errorf("%d modules, %d answers", len(all), len(answers))
	}
	for _, r := range all {
		t.Run(r.name, func(t *testing.T) {
			want := answers[r.name]
			if other, ok := differs[r.name]; ok {
				want, _, _ = strings.Cut(other, ":")
			}
			got, explained := answer(t, r, "explicit")
			if !same(got, want) {
				t.Errorf("%s, want %s\n%s\n%s%s", got, want, explained, r.text, r.cfg)
			}
		})
	}
}

// bounded are modules that end otherwise in bounded search, and why.
var bounded = map[string]string{
	"specs/initUsedBefore": "a variable is read before another conjunct gives it a value: no matter to a solver",
}

// TestModulesBounded holds bounded search against explicit search: they end with
// the same exit code, where bounded search does not say that it lacks something.
func TestModulesBounded(t *testing.T) {
	for _, r := range rows(t) {
		t.Run(r.name, func(t *testing.T) {
			want, _ := answer(t, r, "explicit")
			got, explained := answer(t, r, "bmc")
			want, got = strings.Fields(want)[0], strings.Fields(got)[0]
			if got != "121" && (got != want) != (bounded[r.name] != "") {
				t.Errorf("%s, explicit search says %s\n%s\n%s%s", got, want, explained, r.text, r.cfg)
			}
		})
	}
}

// same compares answers.
func same(a, b string) bool {
	return a == b || !strings.HasPrefix(a, "0 ") && strings.Fields(a + " x")[0] == strings.Fields(b + " x")[0]
}

var counts = regexp.MustCompile(`(?s).*?([\d,]+) states generated, ([\d,]+) distinct states found`)

// TestModulesTLC holds the answers against TLC, or writes them.
func TestModulesTLC(t *testing.T) {
	j := tlatools.Start(t)
	answers, all := table(t, "testdata/answers.txt"), rows(t)
	now := map[string]string{}
	for _, r := range all {
		if *update && answers[r.name] != "" {
			now[r.name] = answers[r.name]
			continue
		}
		now[r.name] = fromTLC(t, j, r)
		if want := answers[r.name]; !*update && !same(now[r.name], want) {
			t.Errorf("%s: TLC says %s, want %s", r.name, now[r.name], want)
		}
	}
	if *update {
		var b strings.Builder
		for _, name := range slices.Sorted(maps.Keys(now)) {
			fmt.Fprintf(&b, "%s %s\n", name, now[name])
		}
		if err := os.WriteFile("testdata/answers.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func fromTLC(t testing.TB, j *tlatools.JVM, r row) string {
	t.Helper()
	text := r.text
	if strings.Contains(text, "algorithm ") {
		module, messages, ok := j.Translate(t, text)
		if !ok {
			t.Logf("%s: %s", r.name, messages)
			return "150 0 0"
		}
		text = module
	}
	dir := t.TempDir()
	args := []string{"-workers", "1", "-metadir", filepath.Join(dir, "meta"), filepath.Join(dir, "M.tla")}
	const deadlock = "CHECK_DEADLOCK FALSE\n" // which TLC 2.15 does not know
	if strings.Contains(r.cfg, deadlock) {
		args = append([]string{"-deadlock"}, args...)
	}
	for name, text := range map[string]string{"M.tla": text, "M.cfg": strings.ReplaceAll(r.cfg, deadlock, "")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	exit, out := j.Run(t, "tlc2.TLC", args...)
	m := counts.FindStringSubmatch(out)
	if m == nil {
		m = []string{"", "0", "0"}
	}
	if exit != 0 && testing.Verbose() {
		t.Logf("%s: %s", r.name, out[max(0, len(out)-1500):])
	}
	clean := strings.NewReplacer(",", "")
	return fmt.Sprintf("%d %s %s", exit, clean.Replace(m[1]), clean.Replace(m[2]))
}

// formulas are the lines of formulas.txt. Those with ! fail to be evaluated, those with
// # are comments.
func formulas(t testing.TB) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("testdata/formulas.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f, fails := strings.CutPrefix(line, "! ")
		if _, twice := out[f]; twice {
			t.Errorf("twice: %s", f)
		}
		out[f] = !fails
	}
	return out
}

// assumed is a module that assumes f.
func assumed(f string) row {
	return row{name: f, text: module(usual, "ASSUME "+f+"\nVARIABLE q\nInit == q = 0\nNext == UNCHANGED q"), cfg: "INIT Init\nNEXT Next\n"}
}

// TestFormulas evaluates every formula.
func TestFormulas(t *testing.T) {
	for f, holds := range formulas(t) {
		got, explained := answer(t, assumed(f), "explicit")
		switch exit := strings.Fields(got)[0]; {
		case holds && exit != "0":
			t.Errorf("%s\nexit code %s: %s", f, exit, explained)
		case !holds && exit == "0":
			t.Errorf("%s\nhas a value", f)
		}
	}
}

// TestFormulasTLC has TLC evaluate every formula: those that are true in one module, and
// one by one where that fails.
func TestFormulasTLC(t *testing.T) {
	j := tlatools.Start(t)
	all := formulas(t)
	var together []string
	for f, holds := range all {
		if holds {
			together = append(together, f)
		}
	}
	sound := strings.HasPrefix(fromTLC(t, j, assumed(strings.Join(together, "\nASSUME "))), "0 ")
	for f, holds := range all {
		if holds && sound {
			continue
		}
		if got := fromTLC(t, j, assumed(f)); holds != strings.HasPrefix(got, "0 ") {
			t.Errorf("%s\nTLC says %s", f, got)
		}
	}
}
