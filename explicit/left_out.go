package explicit

import (
	"fmt"
	"slices"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal"
	"github.com/lemma-mc/lemma/trace"
)

// A temporal property that cannot be checked does not keep the others from it. When
// one of them is violated, that is the verdict, and a warning names what was left
// out; else there is no verdict.

// leftOut says of temporal properties why they are not checked.
type leftOut []*diag.Diagnostic

const codeLeft diag.Code = "W144" // a temporal property that was not checked

var errTooLarge = diag.New(diag.Unsupported, "U155", source.Span{}, // a temporal property whose automaton is too large
	"it needs too large an automaton: too many different <> and [] in one formula")

// add notes that a property is not checked because of err, which is unsupported.
func (l *leftOut) add(g property, err error) {
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

// leaveUnread leaves out the temporal properties that cannot be read.
func (k *check) leaveUnread() {
	r := temporal.NewReader(k.Machine.Constant)
	k.properties.temporal = slices.DeleteFunc(k.properties.temporal, func(g property) bool {
		_, err := r.Formula(g.Expr)
		if !isUnsupported(err) {
			return false // what else is wrong with it is told when it is its turn
		}
		k.left.add(g, err)
		return true
	})
}

// unchecked makes of what was left out a warning beside a violation, or the end of
// the run.
func (k *check) unchecked() {
	switch {
	case len(k.left) == 0:
	case k.Res.Status == trace.Violated:
		k.Res.Warnings = append(k.Res.Warnings, LeftOut(&diag.Error{Diagnostics: k.left})...)
	case k.Res.Status == trace.Verified:
		k.Fail(&diag.Error{Diagnostics: k.left})
	}
}

// LeftOut are the warnings, for a run that found a violation, of what the error of
// another run says of properties that it could not check; none for other errors.
func LeftOut(err error) []*diag.Diagnostic {
	if !isUnsupported(err) {
		return nil
	}
	var out []*diag.Diagnostic
	for _, d := range diag.Of(err) {
		out = append(out, &diag.Diagnostic{Code: codeLeft, Class: diag.Unsupported, Span: d.Span, Message: d.Message, Related: d.Related})
	}
	return out
}

// isUnsupported tells whether err says that the engine lacks something.
func isUnsupported(err error) bool {
	list := diag.Of(err)
	return len(list) > 0 && list[0].Class == diag.Unsupported
}
