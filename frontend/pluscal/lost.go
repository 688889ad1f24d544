package pluscal

import (
	"fmt"

	"github.com/lemma-mc/lemma/diag"
)

// warnLost warns of tail calls that lose parameters. The official translation of
// call P(...); return gives the caller its own caller's variables back, but not its
// parameters. That shows only where an outer call of the same procedure goes on to
// run afterwards: when the procedure comes back to itself by a call that is no tail
// call.
func (t *translation) warnLost() {
	for _, p := range t.Procedures {
		if len(p.Params) == 0 || !t.recurs(p) {
			continue
		}
		walk(p.Body, func(s *Stmt) {
			if c, ok := s.Act.(*Call); ok && isTail(c) && c.Proc.Name != p.Name.Name {
				t.diags.Add(&diag.Diagnostic{Code: codeLost, Class: diag.Syntax, Span: s.Span,
					Message: fmt.Sprintf("after this call and return, an outer call of %s does not get its parameters back", p.Name.Name),
					Hint:    "PlusCal's translation keeps their last values; a label before return has them restored"})
			}
		})
	}
}

// recurs tells whether p may run while an outer call of p waits for its return.
func (t *translation) recurs(p *Procedure) bool {
	type visit struct {
		name  string
		waits bool // p waits
	}
	seen := map[visit]bool{}
	var reaches func(from string, waits bool) bool
	reaches = func(from string, waits bool) (found bool) {
		q := t.procedures[from]
		if q == nil || seen[visit{from, waits}] {
			return false
		}
		seen[visit{from, waits}] = true
		walk(q.Body, func(s *Stmt) {
			if c, ok := s.Act.(*Call); ok && !found {
				waits := waits || from == p.Name.Name && !isTail(c)
				found = waits && c.Proc.Name == p.Name.Name || reaches(c.Proc.Name, waits)
			}
		})
		return found
	}
	return reaches(p.Name.Name, false)
}

// isTail tells whether a call returns where its caller returns.
func isTail(c *Call) bool {
	_, ok := c.Then.(*Return)
	return ok
}
