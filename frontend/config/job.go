package config

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/value"
)

// ParseJob reads the JSON job f. It reports every error that it finds to diags
// and returns what it understood.
func ParseJob(f *source.File, diags *diag.List) *Config {
	cfg := &Config{File: f, Job: &Job{}}
	root, err := readJSON(f)
	var bad *jsonError
	if errors.As(err, &bad) {
		at := f.Pos(min(bad.offset, len(f.Text)))
		report(diags, codeJob, source.Span{Start: at, End: at}, "this is not JSON: "+bad.message, "")
		return cfg
	}
	j := &jobReader{cfg: cfg, diags: diags}
	if j.want(root, jsonObject, "a job") {
		j.object(root)
	}
	return cfg
}

// IsJob tells whether the text of a config file is a JSON job: a .cfg file
// never starts with a brace.
func IsJob(text string) bool { return strings.HasPrefix(strings.TrimSpace(text), "{") }

type jobReader struct {
	cfg   *Config
	diags *diag.List
}

func (j *jobReader) fail(at source.Span, hint, format string, args ...any) {
	report(j.diags, codeJob, at, fmt.Sprintf(format, args...), hint)
}

// want reports a node that is not of the kind that what must have.
func (j *jobReader) want(n *node, kind nodeKind, what string) bool {
	if n.kind != kind {
		j.fail(n.span, "", "%s is %s, found %s", what, kind, n.kind)
	}
	return n.kind == kind
}

// jobFields says how each field of a job is read.
var jobFields = map[string]func(*jobReader, string, *node){
	"model_name":         func(j *jobReader, f string, n *node) { j.text(f, n, &j.cfg.Job.Model) },
	"root_module":        func(j *jobReader, f string, n *node) { j.text(f, n, &j.cfg.Job.Root) },
	"engine":             (*jobReader).engine,
	"constants":          (*jobReader).constants,
	"modules":            (*jobReader).modules,
	"invariants":         func(j *jobReader, f string, n *node) { j.names(f, n, &j.cfg.Invariants) },
	"properties":         func(j *jobReader, f string, n *node) { j.names(f, n, &j.cfg.Properties) },
	"any":                func(j *jobReader, f string, n *node) { j.names(f, n, &j.cfg.Job.Any) },
	"symmetry":           func(j *jobReader, f string, n *node) { j.names(f, n, &j.cfg.Job.Symmetry) },
	"worker_threads":     func(j *jobReader, f string, n *node) { j.count(f, n, &j.cfg.Job.Workers) },
	"depth":              func(j *jobReader, f string, n *node) { j.count(f, n, &j.cfg.Job.Depth) },
	"deadlock_detection": (*jobReader).deadlock,
	"timeout_seconds":    (*jobReader).timeout,
}

func (j *jobReader) object(n *node) {
	seen := map[string]bool{}
	for _, m := range n.fields {
		read := jobFields[m.key]
		switch {
		case read == nil:
			hint := ""
			if near := diag.Nearest(m.key, slices.Values(slices.Sorted(maps.Keys(jobFields)))); near != "" {
				hint = "did you mean " + near + "?"
			}
			j.fail(m.span, hint, "a job has no field %q", m.key)
		case seen[m.key]:
			j.fail(m.span, "", "%q is given twice", m.key)
		default:
			read(j, m.key, m.value)
		}
		seen[m.key] = true
	}
}

func (j *jobReader) text(field string, n *node, out *string) {
	if j.want(n, jsonString, field) {
		*out = n.text
	}
}

func (j *jobReader) engine(field string, n *node) {
	engines := []string{"auto", "explicit", "bmc", "induct", "simulate"}
	switch {
	case !j.want(n, jsonString, field):
	case !slices.Contains(engines, n.text):
		j.fail(n.span, "", "there is no engine %q; engines are %s", n.text, strings.Join(engines, ", "))
	default:
		j.cfg.Job.Engine = n.text
	}
}

func (j *jobReader) deadlock(field string, n *node) {
	if j.want(n, jsonBool, field) {
		j.cfg.CheckDeadlock = &n.truth
	}
}

func (j *jobReader) count(field string, n *node, out *int) {
	if !j.want(n, jsonNumber, field) {
		return
	}
	i, err := strconv.Atoi(n.text)
	if err != nil || i < 1 {
		j.fail(n.span, "", "%s is a whole number from 1 on, found %s", field, n.text)
		return
	}
	*out = i
}

func (j *jobReader) timeout(field string, n *node) {
	if !j.want(n, jsonNumber, field) {
		return
	}
	seconds, err := strconv.ParseFloat(n.text, 64)
	if err != nil || seconds <= 0 || seconds > math.MaxInt64/float64(time.Second) {
		j.fail(n.span, "", "%s is a number of seconds above 0, found %s", field, n.text)
		return
	}
	j.cfg.Job.Timeout = time.Duration(seconds * float64(time.Second))
}

func (j *jobReader) names(field string, n *node, out *[]Name) {
	if !j.want(n, jsonArray, field) {
		return
	}
	for _, e := range n.list {
		if j.want(e, jsonString, "an element of "+field) {
			*out = append(*out, Name{Text: e.text, Span: e.span})
		}
	}
}

func (j *jobReader) modules(field string, n *node) {
	if !j.want(n, jsonObject, field) {
		return
	}
	j.cfg.Job.Modules = map[string]string{}
	for _, m := range n.fields {
		if j.want(m.value, jsonString, "the text of "+m.key) {
			j.cfg.Job.Modules[m.key] = m.value.text
		}
	}
}

func (j *jobReader) constants(field string, n *node) {
	if !j.want(n, jsonObject, field) {
		return
	}
	for _, m := range n.fields {
		if _, twice := j.cfg.bound(m.key, "", nil); twice {
			j.fail(m.span, "", "the constant %s is given twice", m.key)
			continue
		}
		if v := j.value(m.value, false); v != nil {
			j.cfg.Assign = append(j.cfg.Assign, &Assignment{
				Const: Name{Text: m.key, Span: m.span}, Value: v, Span: m.value.span})
		}
	}
}

// value reads a constant: an array is a set, an object a record. A string
// inside an array is a model value, any other string a TLA+ string.
func (j *jobReader) value(n *node, inSet bool) value.Value {
	switch n.kind {
	case jsonBool:
		return value.Bool(n.truth)
	case jsonNumber:
		if i, ok := new(big.Int).SetString(n.text, 10); ok {
			return value.FromBig(i)
		}
		report(j.diags, codeValue, n.span, n.text+" is not a whole number", "TLA+ specs here have whole numbers only")
	case jsonString:
		if inSet {
			return value.NewModel(n.text)
		}
		return value.NewStr(n.text)
	case jsonArray:
		return j.set(n)
	case jsonObject:
		return j.record(n)
	default:
		report(j.diags, codeValue, n.span, "null is not a value of a constant", "leave the constant out, or list it under \"any\"")
	}
	return nil
}

func (j *jobReader) set(n *node) value.Value {
	elems := make([]value.Value, 0, len(n.list))
	for _, e := range n.list {
		if v := j.value(e, true); v != nil {
			elems = append(elems, v)
		}
	}
	return value.NewSet(elems)
}

func (j *jobReader) record(n *node) value.Value {
	fields := map[string]value.Value{}
	for _, m := range n.fields {
		if v := j.value(m.value, false); v != nil {
			fields[m.key] = v
		}
	}
	return newRecord(fields)
}

// newRecord is the record with these fields.
func newRecord(fields map[string]value.Value) value.Value {
	names := slices.Sorted(maps.Keys(fields))
	vals := make([]value.Value, len(names))
	for i, name := range names {
		vals[i] = fields[name]
	}
	return value.NewRecord(names, vals)
}
