package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/specs"
)

// A place is where a mistake is, and what would be right there.
type place struct {
	Code    diag.Code `json:"code"`
	Hint    string    `json:"hint,omitempty"`
	Snippet string    `json:"snippet,omitempty"`
}

// acceptable tells what is wrong with the body of a request: 400 when it is no
// JSON, 422 when it is no job that could be run.
func (a *API) acceptable(body []byte) error {
	if !utf8.Valid(body) {
		return huma.Error400BadRequest("the body is not UTF-8; a job is a JSON object")
	}
	files := &source.Set{}
	var diags diag.List
	j := job.Parse(files.Add("body", string(body)), &diags)
	err := diags.Err()
	if err == nil {
		err = a.allowed(j)
	}
	if err == nil {
		return nil
	}
	if !json.Valid(body) {
		return huma.Error400BadRequest("the body is not JSON", mistakes(files, err)...)
	}
	return huma.Error422UnprocessableEntity("the body is no job that can be run", mistakes(files, err)...)
}

// allowed finds what no run could mend: settings that contradict each other, a
// spec that is not there, what the operator does not allow.
func (a *API) allowed(j *job.Job) error {
	if err := j.Check(); err != nil {
		return err
	}
	refuse := func(format string, args ...any) error {
		return diag.New(diag.Config, codeRefused, source.Span{}, fmt.Sprintf(format, args...))
	}
	switch {
	case j.Model == "" && len(j.Modules) == 0:
		return refuse(`no spec is named: give "model_name", or the source under "modules" and its name as "root_module"`)
	case j.Root == "" && j.Model == "":
		return refuse(`"modules" needs "root_module": the name of the module to check`)
	case j.Root == "" && !bundled(j.Model):
		return refuse(`there is no bundled spec %s; GET /api/v1/models lists them, and "modules" takes the source of any other`, j.Model)
	case strings.HasPrefix(j.Solver, "smtlib:") && !a.Limits.Permits(j):
		return refuse(`the solver %s is not one that this server allows; leave out "solver"`, j.Solver)
	}
	return nil
}

const codeRefused diag.Code = "C330" // a job that the service does not take

func bundled(name string) bool {
	_, ok := specs.Folder(name)
	return ok
}

// mistakes are what err lists, with places in the body.
func mistakes(files *source.Set, err error) []error {
	var out []error
	for _, d := range diag.Of(err) {
		m := &huma.ErrorDetail{Message: d.Message, Location: diag.Place(files, d.Span.Start)}
		m.Value = place{d.Code, d.Hint, diag.Snippet(files, d.Span)}
		out = append(out, m)
	}
	return out
}
