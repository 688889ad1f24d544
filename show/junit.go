package show

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/trace"
)

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
	Warnings string      `xml:"system-err,omitempty"`
}

type junitCase struct {
	Name    string     `xml:"name,attr"`
	Class   string     `xml:"classname,attr"`
	Failure *junitText `xml:"failure,omitempty"`
	Error   *junitText `xml:"error,omitempty"`
	Skipped *junitSkip `xml:"skipped,omitempty"`
	Output  string     `xml:"system-out,omitempty"`
}

type junitSkip struct {
	Message string `xml:"message,attr"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// JUnit is the result as a JUnit test suite: a case for each thing that was to
// be checked, for each further violation, and for the run as a whole where it
// has no answer. What a violation or a limit left undecided is skipped: nothing
// without an answer is a passed case.
func (r *Report) JUnit() ([]byte, error) {
	suite := junitSuite{Name: r.Spec, Time: fmt.Sprintf("%.3f", r.Duration.Seconds())}
	failed := map[string]bool{}
	for _, v := range r.Violations {
		c, err := r.junitViolation(v)
		if err != nil {
			return nil, err
		}
		suite.add(c)
		failed[c.Name] = true
	}
	proved := map[string]bool{}
	for _, p := range r.Proofs {
		suite.add(junitCase{Name: p.Name, Output: proofSentence(p)})
		proved[p.Name] = true
	}
	clean := r.Status == trace.Verified || r.Status == trace.Clean
	for _, g := range r.Goals {
		switch {
		case failed[g.Name] || proved[g.Name]:
		case clean:
			suite.add(junitCase{Name: g.Name, Output: r.Headline()})
		default:
			suite.add(junitCase{Name: g.Name, Skipped: &junitSkip{"the run ended before this was decided"}})
		}
	}
	if len(suite.Cases) == 0 || !clean && r.Status != trace.Violated {
		suite.add(r.junitWhole())
	}
	suite.Tests = len(suite.Cases)
	for _, w := range r.Warnings {
		suite.Warnings += diag.Render(r.Files, w)
	}
	out, err := xml.MarshalIndent(suite, "", "  ")
	return append([]byte(xml.Header), append(out, '\n')...), err
}

func (r *Report) junitViolation(v *trace.Violation) (junitCase, error) {
	var text bytes.Buffer
	if v.Behaviour != nil {
		if err := r.Table(&text, v.Behaviour, Style{}); err != nil {
			return junitCase{}, err
		}
	}
	name := v.Name
	if name == "" {
		name = string(v.Kind)
	}
	return junitCase{Name: name, Failure: &junitText{v.Sentence(), string(v.Kind), text.String()}}, nil
}

func (s *junitSuite) add(c junitCase) {
	c.Class = s.Name
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
	}
	if c.Skipped != nil {
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

// junitWhole is the case for the run as a whole.
func (r *Report) junitWhole() junitCase {
	c := junitCase{Name: "check", Output: r.Summary()}
	if r.Status == trace.Verified || r.Status == trace.Clean {
		return c
	}
	text := ""
	if r.Status == trace.Failed {
		text = RenderError(r.Files, r.Err)
	}
	c.Error = &junitText{r.Headline(), r.Status.String(), text}
	return c
}
