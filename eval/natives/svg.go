package natives

import (
	"fmt"
	"math"
	"strings"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/value"
)

// SVG: elements are records of name, attrs, children and innerText, which the
// module builds in TLA+.
var svgNatives = map[string]Native{
	"SVG!SVGElemToString":           {1, ir.ReadsForm, Strict(svgElemToString)},
	"SVG!SVGSerialize":              {3, ir.WritesFiles, svgSerialize},
	"SVG!NodeOfRingNetwork":         {5, ir.Pure, Strict(nodeOfRingNetwork)},
	"SVG!NodesOfDirectedMultiGraph": {3, ir.Pure, refused("laying out graphs is not supported")},
}

func svgElemToString(h *Host, a []value.Value) (value.Value, error) {
	var b strings.Builder
	if err := h.writeSVG(&b, a[0]); err != nil {
		return nil, err
	}
	return value.NewStr(b.String()), nil
}

func (h *Host) writeSVG(b *strings.Builder, elem value.Value) error {
	name, err := h.svgText(elem, "name")
	if err != nil {
		return err
	}
	b.WriteString("<" + name)
	if err := h.writeSVGAttrs(b, elem); err != nil {
		return err
	}
	text, err := h.svgText(elem, "innerText")
	if err != nil {
		return err
	}
	b.WriteString(">" + angles.Replace(text))
	list, err := value.Field(elem, "children")
	if err != nil {
		return err
	}
	children, err := h.Meter.Values(list)
	if err != nil {
		return err
	}
	for _, child := range children {
		if err := h.writeSVG(b, child); err != nil {
			return err
		}
	}
	b.WriteString("</" + name + ">")
	return nil
}

func (h *Host) writeSVGAttrs(b *strings.Builder, elem value.Value) error {
	v, err := value.Field(elem, "attrs")
	if err != nil {
		return err
	}
	attrs, ok := v.(*value.Record)
	if !ok {
		return nil // there are none
	}
	for i, name := range attrs.Names {
		text, err := h.Meter.Text(attrs.Vals[i])
		if err != nil {
			return err
		}
		fmt.Fprintf(b, " %s='%s'", strings.ReplaceAll(name, "_", "-"), text)
	}
	return nil
}

// svgText is a field of an element as text.
func (h *Host) svgText(elem value.Value, field string) (string, error) {
	v, err := value.Field(elem, field)
	if err != nil {
		return "", err
	}
	return h.Meter.Text(v)
}

// angles keeps tuples in a text apart from elements.
var angles = strings.NewReplacer("<<", "&lt;&lt;", ">>", "&gt;&gt;")

// svgSerialize is SVGSerialize(svg, prefix, n): the file is called prefix, n
// and .svg, one after the other.
func svgSerialize(c Call) (value.Value, error) {
	elem, err := c.Arg(0)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if err := c.Host().writeSVG(&b, elem); err != nil {
		return nil, err
	}
	prefix, err := c.fileName(1)
	if err != nil {
		return nil, err
	}
	n, err := c.Arg(2)
	if err != nil {
		return nil, err
	}
	if err := c.store(prefix+n.String()+".svg", overwriting, b.String()); err != nil {
		return nil, outside("SVGSerialize cannot write its file: %v.", err)
	}
	return value.True, nil
}

// nodeOfRingNetwork is NodeOfRingNetwork(x, y, radius, n, m): the place of node
// n of m on a circle.
func nodeOfRingNetwork(_ *Host, a []value.Value) (value.Value, error) {
	n, err := smalls("NodeOfRingNetwork", a)
	if err != nil {
		return nil, err
	}
	if n[4] == 0 {
		return nil, value.Undefined("NodeOfRingNetwork needs at least one node.")
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

// point cuts off what is behind the decimal point, as TLC does.
func point(x, y float64) value.Value {
	return value.NewRecord([]string{"x", "y"}, []value.Value{value.Int(x), value.Int(y)})
}
