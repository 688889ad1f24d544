package induction

import (
	"fmt"
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/trace"
)

// A Certificate is a proof as a TLA+ module: it extends the spec and defines
// IndInv, the conjunction of all formulas that were proved together. What else
// a reader needs to check it stands in comments that begin with "lemma:", one
// key and value a line.
type Certificate struct {
	Module    string   // the certificate's own name
	Extends   string   // the spec's module
	Spec      string   // path of the spec's file, relative to the certificate's folder
	Constants []string // "Servers = {Node1, Node2}", as a config says it
	Any       []string // constants left open
	Behaviour []string // the specification, or Init and Next, by name
	Claims    []string // the invariants that IndInv implies
	// Needs are, for a formula, lemmas that some step needs for it. They say
	// what to try first, and are not relied on.
	Needs map[string][]string
}

// needsIt begins the comment before a lemma that says what it is needed for.
const needsIt = `\* Some step needs it for `

// The definitions of a certificate module. IndInv is checked; the other two show
// the behaviour that it is checked for, which the spec defines.
const (
	InvName  = "IndInv"
	InitName = "CertifiedInit"
	NextName = "CertifiedNext"
)

// nextOf is the next-state action of sys as the text of a certificate says it.
func nextOf(sys *ir.System) ir.Expr {
	if sys.Written != nil {
		return sys.Written
	}
	return sys.Next
}

// Write returns the text of the certificate for what r proves of sys. It fails
// where there is nothing to certify: a formula that needed k > 1 is not
// inductive by itself.
func (c Certificate) Write(sys *ir.System, r *trace.Result) (string, error) {
	if len(r.Proofs) == 0 || len(r.Proofs) < len(sys.Invariants) {
		return "", fmt.Errorf("there is no proof to certify")
	}
	for _, name := range c.Any {
		if !slices.Contains(r.Proofs[0].ForAny, name) {
			return "", fmt.Errorf("what is proved is not about any %s", name)
		}
	}
	for _, p := range r.Proofs {
		if p.K > 1 {
			return "", fmt.Errorf("%s needed k = %d: a certificate holds invariants that are inductive by themselves", p.Name, p.K)
		}
	}
	var b strings.Builder
	line := strings.Repeat("-", 20)
	fmt.Fprintf(&b, "%s MODULE %s %s\n", line, c.Module, line)
	fmt.Fprintf(&b, "(* An inductive invariant of %s. To check it again, from scratch: *)\n", c.Extends)
	fmt.Fprintf(&b, "(*     lemma certificate %s.tla *)\n", c.Module)
	fmt.Fprintf(&b, "EXTENDS %s\n\n", c.Extends)
	key := func(k string, vs ...string) {
		for _, v := range vs {
			fmt.Fprintf(&b, "\\* lemma: %s %s\n", k, v)
		}
	}
	key("spec", c.Spec)
	switch len(c.Behaviour) {
	case 1:
		key("specification", c.Behaviour[0])
	case 2:
		key("init", c.Behaviour[0])
		key("next", c.Behaviour[1])
	}
	key("constant", c.Constants...)
	key("any", c.Any...)
	key("claim", c.Claims...)
	fmt.Fprintf(&b, "\n%s ==\n    %s\n\n", InitName, indent(ir.String(sys.Init)))
	fmt.Fprintf(&b, "%s ==\n    %s\n\n", NextName, indent(ir.String(nextOf(sys))))
	for _, l := range r.Lemmas {
		if len(l.Supports) > 0 {
			fmt.Fprintf(&b, "%s%s.\n", needsIt, strings.Join(l.Supports, ", "))
		}
		fmt.Fprintf(&b, "%s == %s\n\n", l.Name, l.Text)
	}
	fmt.Fprintf(&b, "%s ==\n", InvName)
	for _, g := range goals(sys) {
		fmt.Fprintf(&b, "    /\\ %s\n", strings.ReplaceAll(ir.String(g.Expr), "\n", "\n       "))
	}
	for _, l := range r.Lemmas {
		fmt.Fprintf(&b, "    /\\ %s\n", l.Name)
	}
	fmt.Fprintf(&b, "\nTHEOREM Initially == %s => %s\n", InitName, InvName)
	fmt.Fprintf(&b, "THEOREM Inductive == %s /\\ %s => %s'\n", InvName, NextName, InvName)
	for _, claim := range c.Claims {
		fmt.Fprintf(&b, "THEOREM %s => (%s)\n", InvName, claim)
	}
	b.WriteString(strings.Repeat("=", 2*len(line)+8+len(c.Module)) + "\n")
	return b.String(), nil
}

func indent(s string) string { return strings.ReplaceAll(s, "\n", "\n    ") }

// ReadCertificate reads what the comments of a certificate say.
func ReadCertificate(name, text string) (Certificate, error) {
	c := Certificate{Module: name, Needs: map[string][]string{}}
	var needed []string
	for line := range strings.Lines(text) {
		if rest, ok := strings.CutPrefix(line, needsIt); ok {
			needed = strings.Split(strings.TrimSuffix(strings.TrimSpace(rest), "."), ", ")
		} else if lemma, _, ok := strings.Cut(line, " == "); ok {
			for _, g := range needed {
				c.Needs[g] = append(c.Needs[g], lemma)
			}
			needed = nil
		}
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), `\* lemma: `)
		if !ok {
			continue
		}
		key, v, _ := strings.Cut(rest, " ")
		switch key {
		case "spec":
			c.Spec = v
		case "specification", "init", "next":
			c.Behaviour = append(c.Behaviour, v)
		case "constant":
			c.Constants = append(c.Constants, v)
		case "any":
			c.Any = append(c.Any, v)
		case "claim":
			c.Claims = append(c.Claims, v)
		default:
			return c, fmt.Errorf("the certificate has a line with the unknown key %q", key)
		}
	}
	switch {
	case c.Spec == "" || len(c.Claims) == 0:
		return c, fmt.Errorf(`this is no certificate: it has no comments "\* lemma: spec FILE" and "\* lemma: claim NAME"`)
	case len(c.Behaviour) != 1 && len(c.Behaviour) != 2:
		return c, fmt.Errorf(`the certificate names no behaviour: it has no comment "\* lemma: specification NAME", nor "init NAME" and "next NAME"`)
	}
	return c, nil
}
