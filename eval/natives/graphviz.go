package natives

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// GraphViz.
var graphVizNatives = map[string]Native{
	"GraphViz!DotDiGraph": {3, ir.ReadsForm, dotDiGraph},
}

// dotDiGraph is DotDiGraph(G, NodeLabel, EdgeLabel). A node is named by a hash
// of its value, as in TLC, though by another one.
func dotDiGraph(c Call) (value.Value, error) {
	g, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString("digraph MyGraph {")
	err = c.writeDot(&b, g, "node", 1, func(v value.Value) (string, error) { return dotName(v), nil })
	if err != nil {
		return nil, err
	}
	if err := c.writeDot(&b, g, "edge", 2, dotEdge); err != nil {
		return nil, err
	}
	b.WriteString("}")
	return value.NewStr(b.String()), nil
}

// writeDot writes a statement for each member of a field of the graph g, with
// the label that the argument label gives it.
func (c Call) writeDot(b *strings.Builder, g value.Value, field string, label int, name func(value.Value) (string, error)) error {
	set, err := value.Field(g, field)
	if err != nil {
		return err
	}
	for v, err := range c.meter().Enumerate(set) {
		if err != nil {
			return err
		}
		l, err := c.Apply(label, v)
		if err != nil {
			return err
		}
		text, err := c.meter().Show(l)
		if err != nil {
			return err
		}
		n, err := name(v)
		if err != nil {
			return err
		}
		fmt.Fprintf(b, "%s[label=%s];", n, text)
	}
	return nil
}

func dotName(node value.Value) string { return fmt.Sprint(int64(value.Hash(node))) }

func dotEdge(v value.Value) (string, error) {
	ends, ok := v.(*value.Tuple)
	if !ok || len(ends.Elems) < 2 {
		return "", value.Undefined("An edge of DotDiGraph should be a pair of nodes, but instead it is %s.", value.Brief(v))
	}
	return dotName(ends.Elems[0]) + "->" + dotName(ends.Elems[1]), nil
}
