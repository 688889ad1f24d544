package show

import (
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/web"
)

// HTML is the counterexample b, or where that is nil the proof, as one page that
// stands alone; those who let no script run see the text.
func (r *Report) HTML(b *trace.Behaviour) ([]byte, error) {
	view, err := r.View()
	if err != nil {
		return nil, err
	}
	plain := ""
	if b != nil {
		plain = r.changes(b)
	} else if plain, err = r.plain(); err != nil {
		return nil, err
	}
	return web.Page(r.Spec+": "+r.Headline(), view, plain), nil
}

// plain is the result as text.
func (r *Report) plain() (string, error) {
	var out strings.Builder
	err := r.Text(&out, Style{Width: defaultWidth})
	return out.String(), err
}

// mostPlain bounds the text of a page in bytes.
const mostPlain = 200 << 10

// changes is b as text: of each state, what is new in it.
func (r *Report) changes(b *trace.Behaviour) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n", r.Headline())
	for i, s := range b.Steps {
		if out.Len() > mostPlain {
			fmt.Fprintf(&out, "\nThe other %d steps are shown where scripts may run.\n", len(b.Steps)-i)
			break
		}
		fmt.Fprintf(&out, "\n%s\n", strings.TrimSpace(fmt.Sprintf("%d. %s  %s", i+1, s.Action, r.placeOf(&s))))
		changed, _ := split(bindings(b, i))
		for _, v := range changed {
			for _, line := range lay(v.Name+" = ", v.Value, defaultWidth) {
				fmt.Fprintf(&out, "   %s\n", line)
			}
		}
	}
	if len(r.Violations) > 0 {
		r.writeExplanation(&out, r.Violations[0].Explanation)
	}
	fmt.Fprintf(&out, "\n%s\n", strings.TrimSpace(closing(b)+"\n"+r.Summary()))
	return out.String()
}
