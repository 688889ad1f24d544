package job

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/frontend/config"
	"github.com/lemma-mc/lemma/smt/backend"
	"github.com/lemma-mc/lemma/source"
)

// A Kind is how the value of a setting is read and written. As a flag it has the
// methods of a pflag.Value; its errors say what would be right.
type Kind interface {
	Set(text string) error
	String() string
	Type() string
	// read takes the value from a JSON node; an error is about the node as a whole.
	read(r *reader, n *node) error
	// json is the value for encoding/json.
	json() any
	// take copies the value of another setting of this kind.
	take(Kind)
	// schema is what read expects.
	schema() Schema
}

// A scalar is a setting with one value, which a text gives.
type scalar[T any] struct {
	p     *T
	name  string // what a flag takes: string, int, ...
	form  nodeKind
	parse func(text string) (T, error)
	show  func(T) any
	flag  bool // no argument is one: true
}

func (s scalar[T]) Set(text string) error {
	v, err := s.parse(text)
	if err == nil {
		*s.p = v
	}
	return err
}

func (s scalar[T]) String() string   { return "" } // what a default is, Help says
func (s scalar[T]) Type() string     { return s.name }
func (s scalar[T]) IsBoolFlag() bool { return s.flag }
func (s scalar[T]) json() any        { return s.show(*s.p) }
func (s scalar[T]) take(from Kind)   { *s.p = *from.(scalar[T]).p }

func (s scalar[T]) read(_ *reader, n *node) error {
	if n.kind != s.form {
		return fmt.Errorf("is %s, found %s", s.form, n.kind)
	}
	text := n.text
	if n.kind == jsonBool {
		text = strconv.FormatBool(n.truth)
	}
	return s.Set(text)
}

func itself[T any](v T) any { return v }

var errEmpty = errors.New("is empty")

func text(p *string) Kind {
	return scalar[string]{p: p, name: "string", form: jsonString, show: itself[string], parse: func(t string) (string, error) {
		if t == "" {
			return "", errEmpty
		}
		return t, nil
	}}
}

// oneOf is a text that is one of a few.
func oneOf(what string, p *string, names ...string) Kind {
	return scalar[string]{p: p, name: "string", form: jsonString, show: itself[string], parse: func(t string) (string, error) {
		if !slices.Contains(names, t) {
			return "", fmt.Errorf("is one of %s, not %q", strings.Join(names, ", "), t)
		}
		return t, nil
	}}
}

// picks is a flag without argument that stands for one value of another setting.
func picks(p *string, name string) Kind {
	return scalar[string]{p: p, name: "bool", form: jsonBool, flag: true, show: itself[string], parse: func(t string) (string, error) {
		on, err := parseTruth(t)
		switch {
		case err != nil || !on:
			return *p, err
		case *p != "" && *p != name:
			return "", fmt.Errorf("and --%s exclude each other: a run has one engine", *p)
		}
		return name, nil
	}}
}

func parseTruth(t string) (bool, error) {
	switch t {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, fmt.Errorf("is true or false, not %q", t)
}

func yes(p *bool) Kind {
	return scalar[bool]{p: p, name: "bool", form: jsonBool, flag: true, show: itself[bool], parse: parseTruth}
}

// truth is a setting that may be left open; means is what true means for it.
func truth(p **bool, means bool) Kind {
	return scalar[*bool]{p: p, name: "bool", form: jsonBool, flag: true,
		show: func(v *bool) any { return *v == means },
		parse: func(t string) (*bool, error) {
			on, err := parseTruth(t)
			on = on == means
			return &on, err
		}}
}

func parseCount(t string, least int) (int, error) {
	i, err := strconv.Atoi(t)
	if err != nil || i < least {
		return 0, fmt.Errorf("is a whole number from %d on, not %s", least, t)
	}
	return i, nil
}

func count(p *int, least int) Kind {
	return scalar[int]{p: p, name: "int", form: jsonNumber, show: itself[int],
		parse: func(t string) (int, error) { return parseCount(t, least) }}
}

// optional is a count for which 0 says something.
func optional(p **int, least int) Kind {
	return scalar[*int]{p: p, name: "int", form: jsonNumber,
		show: func(v *int) any { return *v },
		parse: func(t string) (*int, error) {
			i, err := parseCount(t, least)
			return &i, err
		}}
}

func natural(p *uint64) Kind {
	return scalar[uint64]{p: p, name: "uint64", form: jsonNumber, show: itself[uint64], parse: func(t string) (uint64, error) {
		i, err := strconv.ParseUint(t, 10, 64)
		if err != nil {
			return 0, fmt.Errorf("is a whole number from 0 to %d, not %s", uint64(math.MaxUint64), t)
		}
		return i, nil
	}}
}

func bits(p *int) Kind {
	return scalar[int]{p: p, name: "int", form: jsonNumber, show: itself[int], parse: func(t string) (int, error) {
		if t != "64" && t != "128" {
			return 0, fmt.Errorf("is 64 or 128, a number of bits, not %s", t)
		}
		return strconv.Atoi(t)
	}}
}

// A span is a duration: 90s, 5m as a flag, a number of seconds in JSON.
type span struct{ p *time.Duration }

// Duration is a flag that takes a duration above 0.
func Duration(p *time.Duration) Kind { return span{p} }

func (d span) Set(text string) error {
	v, err := time.ParseDuration(text)
	if err != nil || v <= 0 {
		return fmt.Errorf("is a duration above 0, such as 90s or 5m, not %s", text)
	}
	*d.p = v
	return nil
}

func (d span) String() string { return "" }
func (d span) Type() string   { return "duration" }
func (d span) json() any      { return d.p.Seconds() }
func (d span) take(from Kind) { *d.p = *from.(span).p }

func (d span) read(_ *reader, n *node) error {
	if n.kind != jsonNumber {
		return fmt.Errorf("is %s, found %s", jsonNumber, n.kind)
	}
	seconds, err := strconv.ParseFloat(n.text, 64)
	if err != nil || seconds <= 0 || seconds > math.MaxInt64/float64(time.Second) {
		return fmt.Errorf("is a number of seconds above 0, not %s", n.text)
	}
	*d.p = time.Duration(seconds * float64(time.Second))
	return nil
}

func size(p *string) Kind {
	return scalar[string]{p: p, name: "string", form: jsonString, show: itself[string], parse: func(t string) (string, error) {
		_, err := bytesOf(t)
		return t, err
	}}
}

func solver(p *string) Kind {
	return scalar[string]{p: p, name: "string", form: jsonString, show: itself[string], parse: func(t string) (string, error) {
		if command, ok := strings.CutPrefix(t, solverCommand); ok && strings.TrimSpace(command) != "" || slices.Contains(backend.Names, t) {
			return t, nil
		}
		return "", fmt.Errorf("is %s, or smtlib:CMD such as \"smtlib:z3 -in\", not %q", strings.Join(backend.Names, ", "), t)
	}}
}

// solverCommand begins the name of a solver that is a program of its own.
const solverCommand = "smtlib:"

// A series is a setting with many texts, each with its place.
type series struct{ p *[]Name }

func names(p *[]Name) Kind { return series{p} }

func (s series) Set(text string) error {
	if text == "" {
		return errEmpty
	}
	*s.p = append(*s.p, Name{Text: text})
	return nil
}

func (s series) String() string { return "" }
func (s series) Type() string   { return "string" }
func (s series) take(from Kind) { *s.p = slices.Clone(*from.(series).p) }

func (s series) json() any {
	out := make([]string, len(*s.p))
	for i, n := range *s.p {
		out[i] = n.Text
	}
	return out
}

func (s series) read(r *reader, n *node) error {
	if n.kind != jsonArray {
		return fmt.Errorf("is %s, found %s", jsonArray, n.kind)
	}
	for _, e := range n.list {
		if e.kind != jsonString {
			r.fail(e.span, "", "an element is %s, found %s", jsonString, e.kind)
			continue
		}
		if e.text == "" {
			r.fail(e.span, "", "an element %v", errEmpty)
			continue
		}
		*s.p = append(*s.p, Name{Text: e.text, Span: e.span})
	}
	return nil
}

// A plainSeries is a series of texts without places.
type plainSeries struct{ p *[]string }

func texts(p *[]string) Kind { return plainSeries{p} }

func (s plainSeries) Set(text string) error {
	if text == "" {
		return errEmpty
	}
	*s.p = append(*s.p, text)
	return nil
}

func (s plainSeries) String() string { return "" }
func (s plainSeries) Type() string   { return "string" }
func (s plainSeries) json() any      { return *s.p }
func (s plainSeries) take(from Kind) { *s.p = slices.Clone(*from.(plainSeries).p) }

func (s plainSeries) read(r *reader, n *node) error {
	var named []Name
	err := series{&named}.read(r, n)
	for _, e := range named {
		*s.p = append(*s.p, e.Text)
	}
	return err
}

// A symmetric is whether symmetry is looked for, or which constants have it.
type symmetric struct {
	mode     *string
	permuted *[]Name
}

func symmetry(mode *string, permuted *[]Name) Kind { return symmetric{mode, permuted} }

func (s symmetric) Set(text string) error {
	return oneOf("symmetry", s.mode, SymmetryAuto, SymmetryOff).Set(text)
}

func (s symmetric) String() string { return "" }
func (s symmetric) Type() string   { return "string" }

func (s symmetric) take(from Kind) {
	f := from.(symmetric)
	*s.mode, *s.permuted = *f.mode, slices.Clone(*f.permuted)
}

func (s symmetric) json() any {
	if *s.mode != "" {
		return *s.mode
	}
	return series{s.permuted}.json()
}

func (s symmetric) read(r *reader, n *node) error {
	switch n.kind {
	case jsonString:
		return s.Set(n.text)
	case jsonArray:
		return series{s.permuted}.read(r, n)
	}
	return fmt.Errorf("is an array of constants, \"auto\" or \"off\", found %s", n.kind)
}

// A library is the modules that a job brings along.
type library struct{ p *map[string]string }

func modules(p *map[string]string) Kind { return library{p} }

func (l library) Set(string) error { return errors.New("cannot be given as a flag") }
func (l library) String() string   { return "" }
func (l library) Type() string     { return "" }
func (l library) json() any        { return *l.p }
func (l library) take(from Kind)   { *l.p = maps.Clone(*from.(library).p) }

func (l library) read(r *reader, n *node) error {
	if n.kind != jsonObject {
		return fmt.Errorf("is %s, found %s", jsonObject, n.kind)
	}
	*l.p = map[string]string{}
	for _, m := range n.fields {
		if m.value.kind != jsonString {
			r.fail(m.value.span, "", "the text of %s is %s, found %s", m.key, jsonString, m.value.kind)
			continue
		}
		(*l.p)[m.key] = m.value.text
	}
	return nil
}

// An instance is the values of constants.
type instance struct{ p *[]*config.Assignment }

func constants(p *[]*config.Assignment) Kind { return instance{p} }

func (c instance) Set(string) error { return errors.New("cannot be given as a flag") }
func (c instance) String() string   { return "" }
func (c instance) Type() string     { return "" }
func (c instance) take(from Kind)   { *c.p = slices.Clone(*from.(instance).p) }

func (c instance) json() any {
	out := map[string]any{}
	for _, a := range *c.p {
		out[a.Const.Text] = plain(a.Value)
	}
	return out
}

func (c instance) read(r *reader, n *node) error {
	if n.kind != jsonObject {
		return fmt.Errorf("is %s, found %s", jsonObject, n.kind)
	}
	seen := map[string]bool{}
	for _, m := range n.fields {
		if seen[m.key] {
			r.fail(m.span, "", "the constant %s is given twice", m.key)
			continue
		}
		seen[m.key] = true
		if v := r.value(m.value, false); v != nil {
			*c.p = append(*c.p, &config.Assignment{Const: Name{Text: m.key, Span: m.span}, Value: v, Span: m.value.span, Must: true})
		}
	}
	return nil
}

// nowhere is the place of what no text says.
var nowhere source.Span
