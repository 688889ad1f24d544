// Package testspec makes systems of the text of small modules, for tests.
package testspec

import (
	"errors"
	"strings"
	"testing"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// Config is one that names the behaviour and checks nothing.
const Config = "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n"

// Load makes a system of the body of a module and a config. It ends the test when
// they are in error.
func Load(t testing.TB, body, cfg string) *ir.System {
	t.Helper()
	files := &source.Set{}
	if strings.Contains(body, "CONSTANT None") {
		cfg += "CONSTANT None = None\n"
	}
	c, err := frontend.ParseConfig(files, "M.cfg", cfg)
	if err != nil {
		t.Fatal(Explain(err, files))
	}
	text := "---- MODULE M ----\nEXTENDS Integers, Sequences, FiniteSets, TLC\n" + body + "\n====\n"
	sys, _, err := frontend.Load(frontend.Options{Files: files, Spec: "M.tla", Inline: map[string]string{"M.tla": text}, Config: c})
	if err != nil {
		t.Fatal(Explain(err, files))
	}
	return sys
}

// LoadWith makes a system of the whole body of a module M; more fills in the rest of
// the options.
func LoadWith(t testing.TB, body string, more frontend.Options) *ir.System {
	t.Helper()
	if more.Files == nil {
		more.Files = &source.Set{}
	}
	more.Spec = "M.tla"
	more.Inline = map[string]string{"M.tla": "---- MODULE M ----\n" + body + "\n====\n"}
	sys, _, err := frontend.Load(more)
	if err != nil {
		t.Fatal(Explain(err, more.Files))
	}
	return sys
}

// Explain is an error as the user sees it, with places.
func Explain(err error, files *source.Set) string {
	var d *diag.Error
	if !errors.As(err, &d) {
		return err.Error()
	}
	var b strings.Builder
	for _, d := range d.Diagnostics {
		b.WriteString(diag.Render(files, d))
	}
	return b.String()
}

// Text is a state in one line.
func Text(st []value.Value) string {
	var parts []string
	for _, v := range st {
		parts = append(parts, v.String())
	}
	return strings.Join(parts, " ; ")
}
