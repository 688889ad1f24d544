package trace

import (
	"slices"
	"strings"

	"github.com/lemma-mc/lemma/value"
)

// TLA+ has no processes; people see them all the same. A spec of several
// processes has variables that are functions of a process, whose domain never
// changes, and actions that take one. By that they are found again.

// Processes are what the variables of b speak of as processes, in value order;
// nil for none. They are the domains of variables that are functions of model
// values; where there is none, the domain that most variables have, if two of
// them have it, or pc alone.
func Processes(b *Behaviour) []value.Value {
	var groups []*domainGroup
	for i, name := range b.Vars {
		dom := fixedDomain(b, i)
		if len(dom) == 0 || len(dom) > mostProcesses {
			continue
		}
		g := groupOf(groups, dom)
		if g == nil {
			g = &domainGroup{dom: dom}
			groups = append(groups, g)
		}
		g.vars++
		g.pc = g.pc || name == "pc"
	}
	var models []value.Value
	var best *domainGroup
	for _, g := range groups {
		if !slices.ContainsFunc(g.dom, func(p value.Value) bool { return p.Kind() != value.KindModel }) {
			models = append(models, g.dom...)
		}
		if (g.pc || g.vars > 1) && (best == nil || g.pc || !best.pc && g.vars > best.vars) {
			best = g
		}
	}
	switch {
	case models != nil:
		slices.SortFunc(models, value.Compare)
		return slices.CompactFunc(models, func(p, q value.Value) bool { return value.Compare(p, q) == 0 })
	case best != nil:
		return best.dom
	}
	return nil
}

// mostProcesses bounds the domains that may be processes.
const mostProcesses = 64

// A domainGroup is a domain with the number of variables that have it.
type domainGroup struct {
	dom  []value.Value
	vars int
	pc   bool // one of them is pc, which PlusCal makes
}

func groupOf(groups []*domainGroup, dom []value.Value) *domainGroup {
	i := slices.IndexFunc(groups, func(g *domainGroup) bool { return sameValues(g.dom, dom) })
	if i < 0 {
		return nil
	}
	return groups[i]
}

func sameValues(p, q []value.Value) bool {
	return slices.EqualFunc(p, q, func(a, b value.Value) bool { return value.Compare(a, b) == 0 })
}

// fixedDomain is the domain that variable i has in every state; nil where it
// changes, or where the variable is no function.
func fixedDomain(b *Behaviour, i int) []value.Value {
	var dom []value.Value
	for n := range b.Steps {
		now := domain(b.Steps[n].State[i])
		if len(now) == 0 || n > 0 && !sameValues(dom, now) {
			return nil
		}
		dom = now
	}
	return dom
}

// domain is that of a function that is spelled out.
func domain(v value.Value) []value.Value {
	switch v := v.(type) {
	case *value.Func:
		return v.Dom.Elems
	case *value.Tuple:
		out := make([]value.Value, len(v.Elems))
		for i := range out {
			out[i] = value.Int(i + 1)
		}
		return out
	case *value.Record:
		out := make([]value.Value, len(v.Names))
		for i, name := range v.Names {
			out[i] = value.NewStr(name)
		}
		return out
	}
	return nil
}

// At is the value of a function at p; nil where v is no function that is spelled
// out, or its domain has no p. It is what a projection on the process p shows.
func At(v, p value.Value) value.Value {
	i := slices.IndexFunc(domain(v), func(q value.Value) bool { return value.Compare(p, q) == 0 })
	if i < 0 {
		return nil
	}
	switch v := v.(type) {
	case *value.Func:
		return v.Vals[i]
	case *value.Tuple:
		return v.Elems[i]
	}
	return v.(*value.Record).Vals[i]
}

// Actor is which of the processes takes step i (from 0) of b, by its index: the
// first one among the arguments of the action, else the only one for which a
// variable changes. -1 where neither tells.
func Actor(b *Behaviour, processes []value.Value, i int) int {
	for _, arg := range arguments(b.Steps[i].Action) {
		if p := slices.IndexFunc(processes, func(p value.Value) bool { return p.String() == arg }); p >= 0 {
			return p
		}
	}
	if i == 0 {
		return -1
	}
	only := -1
	for p, process := range processes {
		if !changesAt(b.Steps[i-1].State, b.Steps[i].State, process) {
			continue
		}
		if only >= 0 {
			return -1
		}
		only = p
	}
	return only
}

func changesAt(s, t []value.Value, p value.Value) bool {
	for i := range t {
		if before, now := At(s[i], p), At(t[i], p); before != nil && now != nil && value.Compare(before, now) != 0 {
			return true
		}
	}
	return false
}

// arguments are the texts between the parentheses of an action's name, without
// the names of bound ones: n1 and 2 of Send(n1, 2), n1 of Next(self = n1).
func arguments(action string) []string {
	_, text, ok := strings.Cut(action, "(")
	if !ok {
		return nil
	}
	var out []string
	depth, start, quoted := 0, 0, false
	text = strings.TrimSuffix(text, ")")
	for i, c := range text + "," {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case strings.ContainsRune("([{<", c):
			depth++
		case strings.ContainsRune(")]}>", c):
			depth--
		case c == ',' && depth <= 0:
			arg := strings.TrimSpace(text[start:i])
			if _, bound, ok := strings.Cut(arg, " = "); ok {
				arg = bound
			}
			out, start = append(out, arg), i+1
		}
	}
	return out
}
