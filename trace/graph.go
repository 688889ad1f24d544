package trace

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/value"
)

// A Graph is a whole state graph: what --dump writes.
type Graph struct {
	Vars   []string // names, in the order of each state
	States [][]value.Value
	Inits  int         // the first so many states are initial
	Steps  []GraphStep // in the order of From
}

// A GraphStep leads from one state to another, by index.
type GraphStep struct {
	From, To int
	Action   string
}

// CheckDumpEnding returns an error when a graph cannot be written to path.
func CheckDumpEnding(path string) error {
	if strings.HasSuffix(path, ".dot") || strings.HasSuffix(path, ".json") {
		return nil
	}
	return fmt.Errorf("%s: the form of a state graph follows from the ending: .dot or .json", path)
}

// WriteGraph writes g to path, in the form that the ending names.
func (r *Report) WriteGraph(path string, g *Graph) error {
	if err := CheckDumpEnding(path); err != nil {
		return err
	}
	text := g.dot(r.Spec)
	if strings.HasSuffix(path, ".json") {
		var err error
		if text, err = g.json(r.Spec); err != nil {
			return err
		}
	}
	return WriteFile(path, text)
}

// dot is g for Graphviz: a box a state, bold where it is initial, an arrow a
// step.
func (g *Graph) dot(spec string) []byte {
	var out strings.Builder
	fmt.Fprintf(&out, "digraph %s {\n  node [shape=box, fontname=monospace];\n  edge [fontname=monospace];\n", dotQuote(spec))
	for i, st := range g.States {
		vars := make([]binding, len(g.Vars))
		for j, name := range g.Vars {
			vars[j] = binding{Name: name, Value: st[j]}
		}
		style := ""
		if i < g.Inits {
			style = ", style=bold"
		}
		fmt.Fprintf(&out, "  s%d [label=%s%s];\n", i+1, dotLabel(i+1, vars), style)
	}
	for _, e := range g.Steps {
		fmt.Fprintf(&out, "  s%d -> s%d [label=%s];\n", e.From+1, e.To+1, dotQuote(e.Action))
	}
	out.WriteString("}\n")
	return []byte(out.String())
}

type graphJSON struct {
	Spec   string           `json:"spec"`
	States []graphStateJSON `json:"states"`
	Steps  []graphStepJSON  `json:"steps"`
}

type graphStateJSON struct {
	ID      int    `json:"id"`
	Initial bool   `json:"initial,omitempty"`
	State   object `json:"state_variables"`
}

type graphStepJSON struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Action string `json:"action"`
}

func (g *Graph) json(spec string) ([]byte, error) {
	out := graphJSON{Spec: spec, States: []graphStateJSON{}, Steps: []graphStepJSON{}}
	for i, st := range g.States {
		row := graphStateJSON{ID: i + 1, Initial: i < g.Inits, State: object{}}
		for j, name := range g.Vars {
			row.State = append(row.State, field{name, plain(st[j])})
		}
		out.States = append(out.States, row)
	}
	for _, e := range g.Steps {
		out.Steps = append(out.Steps, graphStepJSON{e.From + 1, e.To + 1, e.Action})
	}
	return indented(out)
}
