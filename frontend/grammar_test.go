package frontend

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/internal/tlatools"
	"github.com/lemma-mc/lemma/source"
)

// A grammarTable is a file of testdata/grammar, which tells its form.
type grammarTable struct {
	path string
	head string
	rows []*grammarRow
}

// A grammarRow is an example of a construct.
type grammarRow struct {
	construct string
	first     bool // of its construct
	example   string
	accepted  bool
	says      string // what is said of a refused one
	differs   string // why the official tools say otherwise; "" when they do not
}

func readGrammar(t *testing.T, name string) *grammarTable {
	t.Helper()
	g := &grammarTable{path: filepath.Join("testdata", "grammar", name)}
	text, err := os.ReadFile(g.path)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(text), "\n# ")
	g.head = strings.TrimRight(head, "\n")
	for _, part := range strings.Split(rest, "\n# ") {
		construct, examples, _ := strings.Cut(part, "\n")
		g.rows = append(g.rows, grammarRows(t, construct, examples)...)
	}
	return g
}

func grammarRows(t *testing.T, construct, examples string) []*grammarRow {
	t.Helper()
	var rows []*grammarRow
	for _, line := range strings.Split(strings.TrimRight(examples, "\n"), "\n") {
		mark, text := line, ""
		if len(line) >= 2 {
			mark, text = line[:1], line[2:]
		}
		switch mark {
		case "+", "-":
			rows = append(rows, &grammarRow{construct: construct, first: len(rows) == 0, example: text + "\n", accepted: mark == "+"})
		case " ":
			rows[len(rows)-1].example += text + "\n"
		case ">":
			rows[len(rows)-1].says = text
		case "!":
			rows[len(rows)-1].differs = text
		default:
			t.Fatalf("%s: no row: %q", construct, line)
		}
	}
	return rows
}

// write is the text of the table.
func (g *grammarTable) write() []byte {
	var b bytes.Buffer
	b.WriteString(g.head)
	for _, r := range g.rows {
		if r.first {
			fmt.Fprintf(&b, "\n# %s", r.construct)
		}
		mark := "-"
		if r.accepted {
			mark = "+"
		}
		fmt.Fprintf(&b, "\n%s %s", mark, strings.TrimSuffix(strings.ReplaceAll(r.example, "\n", "\n  "), "\n  "))
		if r.says != "" {
			fmt.Fprintf(&b, "\n> %s", r.says)
		}
		if r.differs != "" {
			fmt.Fprintf(&b, "\n! %s", r.differs)
		}
	}
	b.WriteString("\n")
	return bytes.ReplaceAll(b.Bytes(), []byte("\n# "), []byte("\n\n# "))
}

func (r *grammarRow) String() string { return r.construct + ": " + r.example }

// run holds the table against what is said of each example; "" means accepted.
func (g *grammarTable) run(t *testing.T, says func(r *grammarRow) string) {
	for _, r := range g.rows {
		said := says(r)
		switch {
		case (said == "") != r.accepted:
			t.Errorf("%saccepted %v, want %v: %s", r, said == "", r.accepted, said)
		case *update:
			r.says = said
		case said != r.says:
			t.Errorf("%ssays %s\nwant %s", r, said, r.says)
		}
	}
	if *update {
		if err := os.WriteFile(g.path, g.write(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// against holds the table against an official tool, which accepts an example or not.
func (g *grammarTable) against(t *testing.T, accepts func(r *grammarRow) (messages string, ok bool)) {
	for _, r := range g.rows {
		messages, ok := accepts(r)
		switch same := ok == r.accepted; {
		case same && r.differs != "":
			t.Errorf("%sthe same as the official tool, though: %s", r, r.differs)
		case !same && r.differs == "":
			t.Errorf("%saccepted %v, want %v:\n%s", r, ok, r.accepted, messages)
		}
	}
}

// moduleOfRow is the module that the example of a row of tla.txt stands for.
func moduleOfRow(r *grammarRow) string {
	if strings.Contains(r.construct, "Module: header") || strings.Contains(r.example, "MODULE M ") {
		return r.example
	}
	return "---- MODULE M ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\nCONSTANTS C, D, Op(_, _)\nVARIABLES x, y\n" + r.example + "====\n"
}

func TestGrammar(t *testing.T) {
	readGrammar(t, "tla.txt").run(t, func(r *grammarRow) string {
		o := Options{Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": moduleOfRow(r)}}
		var diags diag.List
		LoadModule(o, &diags)
		return firstOf(diags.Err())
	})
}

// firstOf is the first error with its code; "" when there is none.
func firstOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestGrammarSANY(t *testing.T) {
	j := tlatools.Start(t)
	readGrammar(t, "tla.txt").against(t, func(r *grammarRow) (string, bool) { return j.Parse(t, moduleOfRow(r)) })
}

// configModule is the module in the head of config.txt.
func configModule(g *grammarTable) string {
	_, text, _ := strings.Cut(g.head, "\n  ---- MODULE M")
	text, _, _ = strings.Cut(text, "\n  ====\n\n")
	return "---- MODULE M" + strings.ReplaceAll(text, "\n  ", "\n") + "\n====\n"
}

// configOfRow is the config that the example of a row of config.txt stands for.
func configOfRow(r *grammarRow) string {
	text := "CONSTANTS K = 1 Two <- G a = a b = b\n"
	if r.construct != "Behaviours" {
		text += "INIT Init NEXT Next\n"
	}
	return text + r.example
}

func TestGrammarConfig(t *testing.T) {
	g := readGrammar(t, "config.txt")
	module := configModule(g)
	g.run(t, func(r *grammarRow) string {
		o := Options{Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": module}}
		var err error
		if o.Config, err = ParseConfig(o.Files, "M.cfg", configOfRow(r)); err == nil {
			_, _, err = Load(o)
		}
		return firstOf(err)
	})
}

func TestGrammarTLC(t *testing.T) {
	j := tlatools.Start(t)
	g := readGrammar(t, "config.txt")
	module := configModule(g)
	g.against(t, func(r *grammarRow) (string, bool) {
		if strings.Contains(r.differs, "does not end") {
			return r.differs, !r.accepted
		}
		exit, messages := j.Check(t, module, configOfRow(r))
		return messages, exit == 0
	})
}

// algorithmOfRow is the module of a row of pluscal.txt.
func algorithmOfRow(r *grammarRow) string {
	return "---- MODULE M ----\nEXTENDS Integers, Sequences, TLC\n(*\n--algorithm A " + r.example + "*)\n====\n"
}

func TestGrammarPlusCal(t *testing.T) {
	readGrammar(t, "pluscal.txt").run(t, func(r *grammarRow) string {
		o := Options{Files: &source.Set{}, Spec: "M.tla", Inline: map[string]string{"M.tla": algorithmOfRow(r)}}
		var diags diag.List
		LoadModule(o, &diags)
		return firstOf(diags.Err())
	})
}

func TestGrammarTranslator(t *testing.T) {
	j := tlatools.Start(t)
	readGrammar(t, "pluscal.txt").against(t, func(r *grammarRow) (string, bool) {
		_, messages, ok := j.Translate(t, algorithmOfRow(r))
		return messages, ok
	})
}
