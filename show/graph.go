package show

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/internal/wholefile"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// CheckDumpEnding returns an error when a graph cannot be written to path.
func CheckDumpEnding(path string) error {
	if strings.HasSuffix(path, ".dot") || strings.HasSuffix(path, ".json") {
		return nil
	}
	return fmt.Errorf("%s: the form of a state graph follows from the ending: .dot or .json", path)
}

// WriteGraph writes g to path, in the form that the ending names.
func (r *Report) WriteGraph(path string, g *trace.Graph) error {
	if err := CheckDumpEnding(path); err != nil {
		return err
	}
	text := graphDot(g, r.Spec)
	if strings.HasSuffix(path, ".json") {
		var err error
		if text, err = graphJSONText(g, r.Spec); err != nil {
			return err
		}
	}
	return wholefile.Write(path, text)
}

// graphDot is g for Graphviz: a box a state, bold where it is initial, an arrow a
// step.
func graphDot(g *trace.Graph, spec string) []byte {
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
	ID      int              `json:"id"`
	Initial bool             `json:"initial,omitempty"`
	State   valuejson.Object `json:"state_variables"`
}

type graphStepJSON struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Action string `json:"action"`
}

func graphJSONText(g *trace.Graph, spec string) ([]byte, error) {
	out := graphJSON{Spec: spec, States: []graphStateJSON{}, Steps: []graphStepJSON{}}
	for i, st := range g.States {
		row := graphStateJSON{ID: i + 1, Initial: i < g.Inits, State: valuejson.Object{}}
		for j, name := range g.Vars {
			row.State = append(row.State, valuejson.Field{Name: name, Value: valuejson.Of(st[j])})
		}
		out.States = append(out.States, row)
	}
	for _, e := range g.Steps {
		out.Steps = append(out.Steps, graphStepJSON{e.From + 1, e.To + 1, e.Action})
	}
	return valuejson.Indented(out)
}
