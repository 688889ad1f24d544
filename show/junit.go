package show

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/lemma-mc/lemma/trace"
)

type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string     `xml:"name,attr"`
	Class   string     `xml:"classname,attr"`
	Failure *junitText `xml:"failure,omitempty"`
	Error   *junitText `xml:"error,omitempty"`
	Output  string     `xml:"system-out,omitempty"`
}

type junitText struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

// JUnit is the result as a JUnit test suite: a case for each violation and
// each proof, or one for the whole run. A run without an answer is an error,
// never a passed case.
func (r *Report) JUnit() ([]byte, error) {
	suite := junitSuite{Name: r.Spec, Time: fmt.Sprintf("%.3f", r.Duration.Seconds())}
	for _, v := range r.Violations {
		var text bytes.Buffer
		if v.Behaviour != nil {
			if err := r.Table(&text, v.Behaviour, Style{}); err != nil {
				return nil, err
			}
		}
		name := v.Name
		if name == "" {
			name = string(v.Kind)
		}
		suite.add(junitCase{Name: name, Failure: &junitText{v.Sentence(), string(v.Kind), text.String()}})
	}
	for _, p := range r.Proofs {
		suite.add(junitCase{Name: p.Name, Output: proofSentence(p)})
	}
	if len(suite.Cases) == 0 || r.Status != trace.Verified && r.Status != trace.Clean && r.Status != trace.Violated {
		suite.add(r.junitWhole())
	}
	suite.Tests = len(suite.Cases)
	out, err := xml.MarshalIndent(suite, "", "  ")
	return append([]byte(xml.Header), append(out, '\n')...), err
}

func (s *junitSuite) add(c junitCase) {
	c.Class = s.Name
	if c.Failure != nil {
		s.Failures++
	}
	if c.Error != nil {
		s.Errors++
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
