package show

import (
	"fmt"
	"io"

	"github.com/lemma-mc/lemma/trace"
)

type coverageJSON struct {
	Action    string `json:"action"`
	Location  string `json:"location,omitempty"`
	Generated int64  `json:"generated"`
	Distinct  *int64 `json:"distinct,omitempty"`
}

type simulatedJSON struct {
	Behaviours int64 `json:"behaviours"`
	Steps      int64 `json:"steps"`
	Longest    int   `json:"longest"`
}

func (r *Report) coverageJSON() []coverageJSON {
	var out []coverageJSON
	for _, c := range r.Coverage {
		row := coverageJSON{Action: c.Action, Location: r.place(c.Span), Generated: c.Generated}
		if c.Distinct >= 0 {
			row.Distinct = &c.Distinct
		}
		out = append(out, row)
	}
	return out
}

// coverageTable writes how often each action fired. Below a counterexample it
// would only draw the eye away.
func (r *Report) coverageTable(w io.Writer) error {
	if len(r.Coverage) == 0 || len(r.Violations) > 0 {
		return nil
	}
	header := []string{"ACTION", "AT", "STATES"}
	distinct := r.Coverage[0].Distinct >= 0
	if distinct {
		header = append(header, "NEW")
	}
	var rows [][]string
	for _, c := range r.Coverage {
		row := []string{c.Action, r.place(c.Span), thousands(c.Generated)}
		if distinct {
			row = append(row, thousands(c.Distinct))
		}
		rows = append(rows, row)
	}
	table := newPlainTable(w)
	table.Header(header)
	if err := table.Bulk(rows); err != nil {
		return err
	}
	return table.Render()
}

// simulatedSentence tells how much was simulated.
func simulatedSentence(s *trace.Simulated) string {
	mean := 0.0
	if s.Behaviours > 0 {
		mean = float64(s.Steps) / float64(s.Behaviours)
	}
	what := "random behaviours"
	if s.Behaviours == 1 {
		what = "random behaviour"
	}
	return fmt.Sprintf("%s %s of %.1f steps on average, %d at most, %s states generated",
		thousands(s.Behaviours), what, mean, s.Longest, thousands(s.Generated))
}
