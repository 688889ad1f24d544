package pluscal

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/frontend/syntax"
)

// kind is what a name of the algorithm stands for, in the order in which names
// keep their spelling when several are spelled alike.
type kind uint8

const (
	kindGlobal kind = iota
	kindLabel
	kindProcedure
	kindProcess
	kindProcessVar
	kindProcedureVar
	kindParam
)

// A symbol is a declared name. Use is its name in the translation.
type symbol struct {
	kind    kind
	decl    *syntax.Ident
	context string // the process or procedure that it is declared in
	use     string
	// perProcess tells that the variable is a function of the process.
	perProcess bool
}

// A scope holds the names that one process, one procedure or the main body
// can use, by their spelling there.
type scope struct {
	context string
	vars    map[string]*symbol
	labels  map[string]*symbol
}

// A table holds all names of an algorithm.
type table struct {
	symbols     []*symbol
	globals     map[string]*symbol
	main        *scope
	inProcedure map[string]*scope
	inProcess   []*scope
	called      map[string]*symbol // procedures by name
	named       []*symbol          // processes in order
	diags       *diag.List
}

// names declares every name of a, whose labels are complete, and gives names
// that several things share a new spelling as the official translator does.
func names(a *Algorithm, diags *diag.List) *table {
	t := &table{globals: map[string]*symbol{}, inProcedure: map[string]*scope{}, called: map[string]*symbol{}, diags: diags}
	t.globals["pc"] = t.add(kindGlobal, at(a.Span).ident("pc"), "")
	if len(a.Procedures) > 0 {
		t.globals["stack"] = t.add(kindGlobal, at(a.Span).ident("stack"), "")
	}
	for _, v := range a.Vars {
		t.declare(t.globals, kindGlobal, v.Name, "")
	}
	many := len(a.Processes) > 0
	for _, p := range a.Procedures {
		t.called[p.Name.Name] = t.unique(t.called, kindProcedure, p.Name)
		s := t.scope(p.Name.Name)
		t.locals(s, kindProcedureVar, p.Vars, many)
		t.locals(s, kindParam, p.Params, many)
		t.labels(s, p.Body)
		t.inProcedure[p.Name.Name] = s
	}
	processes := map[string]*symbol{}
	for _, p := range a.Processes {
		sym := t.unique(processes, kindProcess, p.Name)
		processes[p.Name.Name] = sym
		t.named = append(t.named, sym)
		s := t.scope(p.Name.Name)
		t.locals(s, kindProcessVar, p.Vars, !p.Single)
		t.labels(s, p.Body)
		t.inProcess = append(t.inProcess, s)
	}
	t.main = t.scope("")
	t.labels(t.main, a.Body)
	t.disambiguate()
	return t
}

func (t *table) add(k kind, name *syntax.Ident, context string) *symbol {
	s := &symbol{kind: k, decl: name, context: context, use: name.Name}
	t.symbols = append(t.symbols, s)
	return s
}

// scope returns a scope that sees the globals.
func (t *table) scope(context string) *scope {
	return &scope{context: context, vars: map[string]*symbol{}, labels: map[string]*symbol{}}
}

// find is the variable called name in s, or nil. The variables of a single
// process are variables of the translation as the global ones are, and others may
// use them by their names there.
func (t *table) find(s *scope, name string) *symbol {
	if v := s.vars[name]; v != nil {
		return v
	}
	if v := t.globals[name]; v != nil {
		return v
	}
	i := slices.IndexFunc(t.symbols, func(v *symbol) bool {
		return v.kind == kindProcessVar && !v.perProcess && v.use == name
	})
	if i < 0 {
		return nil
	}
	return t.symbols[i]
}

func (t *table) locals(s *scope, k kind, decls []*VarDecl, perProcess bool) {
	for _, d := range decls {
		if g := t.globals[d.Name.Name]; g != nil {
			t.twice(d.Name, g)
			continue
		}
		if v := t.declare(s.vars, k, d.Name, s.context); v != nil {
			v.perProcess = perProcess
		}
	}
}

func (t *table) labels(s *scope, body []*Stmt) {
	walk(body, func(st *Stmt) {
		if l := st.Label; l != nil {
			t.declare(s.labels, kindLabel, &syntax.Ident{Span: l.Span, Name: l.Name}, s.context)
		}
	})
}

// declare puts a name into vars, or reports that it is there.
func (t *table) declare(vars map[string]*symbol, k kind, name *syntax.Ident, context string) *symbol {
	if old := vars[name.Name]; old != nil {
		t.twice(name, old)
		return nil
	}
	v := t.add(k, name, context)
	vars[name.Name] = v
	return v
}

// unique is declare for procedures and processes: the later one stays usable
// after the report.
func (t *table) unique(among map[string]*symbol, k kind, name *syntax.Ident) *symbol {
	if old := among[name.Name]; old != nil {
		t.twice(name, old)
	}
	return t.add(k, name, "")
}

func (t *table) twice(name *syntax.Ident, old *symbol) {
	if name.Name == "pc" || name.Name == "stack" {
		if old.decl.Span == t.globals["pc"].decl.Span {
			report(t.diags, codeTwice, name.Span, fmt.Sprintf("%s is a variable of the translation", name.Name),
				"choose another name")
			return
		}
	}
	report(t.diags, codeTwice, name.Span, fmt.Sprintf("%s is declared twice", name.Name),
		"give one of the two another name", diag.Related{Span: old.decl.Span, Message: "the other one"})
}

// disambiguate gives symbols of the same spelling different names: globals
// keep theirs, and of the others all but the last get an underscore and then,
// while that is taken, letter by letter the name of their process or procedure.
func (t *table) disambiguate() {
	taken := map[string]int{}
	for _, s := range t.symbols {
		taken[s.use]++
	}
	for k := kindLabel; k <= kindParam; k++ {
		for _, s := range t.symbols {
			if s.kind != k {
				continue
			}
			for n := 0; taken[s.use] > 1; n++ {
				taken[s.use]--
				s.use += suffix(s, n)
				taken[s.use]++
			}
		}
	}
}

// suffix is the n-th piece that disambiguate appends to a name.
func suffix(s *symbol, n int) string {
	switch {
	case n == 0:
		return "_"
	case n <= len(s.context):
		return s.context[n-1 : n]
	}
	return strconv.Itoa(int(s.kind))
}
