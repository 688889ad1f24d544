package plan

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/value"
)

// A temporal property that cannot be checked does not keep the others from it. When
// one of them is violated, that is the verdict, and a warning names what was left
// out; else there is no verdict.

// A LeftOut says of temporal properties why they are not checked.
type LeftOut []*diag.Diagnostic

// CodeLeft is that of a Warning.
const CodeLeft diag.Code = "W144" // a temporal property that was not checked

// Add notes that a property is not checked because of err, which is unsupported.
func (l *LeftOut) Add(g Property, err error) {
	why := diag.Of(err)[0]
	d := &diag.Diagnostic{Code: why.Code, Class: diag.Unsupported, Span: g.Span, Related: why.Related,
		Message: fmt.Sprintf("the temporal property %s was not checked: %s", g.Name, why.Message)}
	if why.Span != (source.Span{}) && why.Span != g.Span {
		d.Related = append([]diag.Related{{Span: why.Span, Message: "here"}}, d.Related...)
	}
	if !slices.ContainsFunc(*l, func(o *diag.Diagnostic) bool { return o.Span == d.Span && o.Message == d.Message }) {
		*l = append(*l, d)
	}
}

// Warnings are the warnings, for a run that found a violation, of what the error of
// another run says of properties that it could not check; none for other errors.
func Warnings(err error) []*diag.Diagnostic {
	if !IsUnsupported(err) {
		return nil
	}
	var out []*diag.Diagnostic
	for _, d := range diag.Of(err) {
		out = append(out, &diag.Diagnostic{Code: CodeLeft, Class: diag.Unsupported, Span: d.Span, Message: d.Message, Related: d.Related})
	}
	return out
}

// IsUnsupported tells whether err says that the engine lacks something.
func IsUnsupported(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Class == diag.Unsupported
}

// leaveUnread leaves out the temporal properties that cannot be read.
func (g *Plan) leaveUnread(constant func(ir.Expr) (value.Value, error)) (left LeftOut) {
	r := temporal.NewReader(constant)
	g.Temporal = slices.DeleteFunc(g.Temporal, func(g Property) bool {
		_, err := r.Formula(g.Expr)
		if !IsUnsupported(err) {
			return false // what else is wrong with it is told when it is its turn
		}
		left.Add(g, err)
		return true
	})
	return left
}
