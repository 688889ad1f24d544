package eval

import (
	"fmt"
	"math"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// SVG: elements are records of name, attrs, children and innerText, which the
// module builds in TLA+.
var svgNatives = map[string]native{
	"SVG!SVGElemToString":           {1, ir.ReadsForm, strict(svgElemToString)},
	"SVG!SVGSerialize":              {3, ir.WritesFiles, svgSerialize},
	"SVG!NodeOfRingNetwork":         {5, ir.Pure, strict(nodeOfRingNetwork)},
	"SVG!NodesOfDirectedMultiGraph": {3, ir.Pure, refused("laying out graphs is not supported")},
}

func svgElemToString(_ *Machine, a []value.Value) (value.Value, error) {
	var b strings.Builder
	if err := writeSVG(&b, a[0]); err != nil {
		return nil, err
	}
	return value.NewStr(b.String()), nil
}

func writeSVG(b *strings.Builder, elem value.Value) error {
	var part [4]value.Value
	for i, name := range []string{"name", "attrs", "innerText", "children"} {
		v, err := value.Field(elem, name)
		if err != nil {
			return err
		}
		part[i] = v
	}
	b.WriteString("<" + unquoted(part[0]))
	if attrs, ok := part[1].(*value.Record); ok {
		for i, name := range attrs.Names {
			fmt.Fprintf(b, " %s='%s'", name, unquoted(attrs.Vals[i]))
		}
	}
	b.WriteString(">" + unquoted(part[2]))
	children, err := value.Values(part[3])
	if err != nil {
		return err
	}
	for _, child := range children {
		if err := writeSVG(b, child); err != nil {
			return err
		}
	}
	b.WriteString("</" + unquoted(part[0]) + ">")
	return nil
}

// svgSerialize is SVGSerialize(svg, prefix, n): the file prefix_n.svg.
func svgSerialize(c *nativeCall) (value.Value, error) {
	elem, err := c.value(0)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if err := writeSVG(&b, elem); err != nil {
		return nil, err
	}
	prefix, err := c.fileName(1)
	if err != nil {
		return nil, err
	}
	n, err := c.value(2)
	if err != nil {
		return nil, err
	}
	if err := c.store(prefix+"_"+n.String()+".svg", overwriting, b.String()); err != nil {
		return nil, fail(codeOutside, c.at, "SVGSerialize cannot write its file: %v.", err)
	}
	return value.True, nil
}

// nodeOfRingNetwork is NodeOfRingNetwork(x, y, radius, n, m): the place of node
// n of m on a circle.
func nodeOfRingNetwork(_ *Machine, a []value.Value) (value.Value, error) {
	n, err := smalls("NodeOfRingNetwork", a)
	if err != nil {
		return nil, err
	}
	if n[4] == 0 {
		return nil, undefined("NodeOfRingNetwork needs at least one node.")
	}
	angle := 2 * math.Pi * float64(n[3]) / float64(n[4])
	return point(float64(n[0])+float64(n[2])*math.Cos(angle), float64(n[1])+float64(n[2])*math.Sin(angle)), nil
}

func smalls(op string, a []value.Value) ([]int, error) {
	ns := make([]int, len(a))
	for i, v := range a {
		var err error
		if ns[i], err = small(op, v); err != nil {
			return nil, err
		}
	}
	return ns, nil
}

func point(x, y float64) value.Value {
	return value.NewRecord([]string{"x", "y"}, []value.Value{value.Int(math.Round(x)), value.Int(math.Round(y))})
}
