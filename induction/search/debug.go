package search

import "fmt"

func (c *cube) String() string {
	s := ""
	for _, f := range c.facts {
		s += fmt.Sprintf("  neg=%v %s", f.neg, f.lit.Text)
		for i, a := range f.args {
			s += fmt.Sprintf(" %s:=%s", f.lit.Names[i].Ident, c.vars[a].val)
		}
		s += fmt.Sprintf(" cost %.2f\n", f.cost)
	}
	return s
}
