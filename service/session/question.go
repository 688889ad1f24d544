// Package session answers questions about a spec while somebody looks at it: what
// is wrong in its text, which steps a state has, what an expression is in it.
//
// A spec may be hostile, so none is loaded in the server: a session is a process
// (child.Talk) with one spec loaded, under the limits of a job; it reads and writes
// nothing, and starts no program. Every question carries the whole job and the
// state that it is about. So a session holds nothing that would be missed: it is
// only a spec that need not be loaded anew, and may end at any time, which a Pool
// decides. A page that was left for a day goes on as if nothing had been.
//
// question.go is what is asked and answered; inside.go how the process answers, by
// packages job and explore; pool.go which process does.
package session

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/value/valuejson"
)

// A Kind is what a Question asks.
type Kind string

// The kinds of questions.
const (
	Diagnose   Kind = "diagnose"   // what is wrong in the texts of the job
	Initial    Kind = "initial"    // the initial states
	Successors Kind = "successors" // the steps of a state
	Evaluate   Kind = "evaluate"   // an expression in each state of a behaviour
	Explain    Kind = "explain"    // why a formula is true or false in each state of a behaviour
	Graph      Kind = "graph"      // states in the order of a search, with the steps among them
)

// A Question is about a job. Values are in the form of itf.Value.
type Question struct {
	Kind Kind            `json:"kind"`
	Job  json.RawMessage `json:"job"` // in JSON
	// State, of Successors, has a value for each variable. Level is the number of
	// states on the path to it, itself included.
	State State `json:"state,omitempty"`
	Level int   `json:"level,omitempty"`
	// Expression is evaluated in each of States, which have only what is other than
	// in the one before. The last one is followed by the state Loop, from 1.
	Expression string  `json:"expression,omitempty"`
	States     []State `json:"states,omitempty"`
	Loop       int     `json:"loop,omitempty"`
	// From is how many states of a Graph to leave out, Limit how many to give.
	From  int `json:"from,omitempty"`
	Limit int `json:"limit,omitempty"`
	// Milliseconds is how long the answer may take.
	Milliseconds int64 `json:"milliseconds"`
}

// Decode reads a question. An error says what is wrong in the words of JSON.
func Decode(text []byte) (q Question, err error) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	err = d.Decode(&q)
	var other *json.UnmarshalTypeError
	if errors.As(err, &other) {
		return q, fmt.Errorf("%q should be %s, and is %s", other.Field, jsonKinds[other.Type.Kind()], withArticle(other.Value))
	}
	return q, err
}

// jsonKinds are what a field is in JSON, by what it is in Go.
var jsonKinds = map[reflect.Kind]string{
	reflect.Slice: "an array", reflect.Map: "an object", reflect.Struct: "an object", reflect.String: "a string",
	reflect.Int: "a whole number", reflect.Int64: "a whole number", reflect.Bool: "true or false",
}

// withArticle is the name that encoding/json has for a value, such as "number 1.5".
func withArticle(value string) string {
	if value == "array" || value == "object" {
		return "an " + value
	}
	return "a " + value
}

// A State has values by the names of variables.
type State map[string]any

// An Answer has the parts that its question asks for. Problem is why there is none,
// or only a part of one.
type Answer struct {
	Problem *Diagnostic `json:"problem,omitempty"`
	// Of Diagnose.
	Diagnostics []Diagnostic `json:"diagnostics,omitempty"`
	Module      *Module      `json:"module,omitempty"`
	// Of the others.
	Vars   []string    `json:"vars,omitempty"`
	Steps  []Step      `json:"steps,omitempty"`
	Values []Evaluated `json:"values,omitempty"`
	Graph  *StateGraph `json:"graph,omitempty"`
	// More tells that there are more steps, or states, than were made.
	More bool `json:"more,omitempty"`
	// Broken tells that the process is of no more use.
	Broken bool `json:"broken,omitempty"`
}

// A Diagnostic is one message, with its place. Lines and columns count from 1, and
// columns characters; 0 where there is no place.
type Diagnostic struct {
	Code     diag.Code `json:"code,omitempty"`
	Severity string    `json:"severity" enum:"error,warning"`
	Message  string    `json:"message"`
	Hint     string    `json:"hint,omitempty"`
	Place
	Related []Related `json:"related,omitempty"`
}

// A Place is a piece of a text.
type Place struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"end_line,omitempty"`
	EndColumn int    `json:"end_column,omitempty" doc:"the first column behind the piece"`
}

// A Related is a second place of a message.
type Related struct {
	Message string `json:"message"`
	Place
}

// A Module is what the root module declares, for who fills in a form.
type Module struct {
	Name      string   `json:"name"`
	Constants []string `json:"constants" nullable:"false"`
	Variables []string `json:"variables" nullable:"false"`
	// Formulas are the definitions without parameters, by level.
	Formulas   []string `json:"formulas" nullable:"false" doc:"definitions that could be invariants"`
	Actions    []string `json:"actions" nullable:"false"`
	Properties []string `json:"properties" nullable:"false"`
}

// A Step is a way to a state.
type Step struct {
	Action   string           `json:"action"`
	Place    string           `json:"place,omitempty"`
	Changed  []string         `json:"changed" nullable:"false"`
	State    valuejson.Object `json:"state"`
	Outside  string           `json:"outside,omitempty" doc:"the constraint that keeps a search away"`
	Violated []string         `json:"violated,omitempty" doc:"invariants that are false"`
}

// An Evaluated is a value, or why there is none, or why the formula is what it is.
type Evaluated struct {
	Value any    `json:"value,omitempty"`
	Why   string `json:"why,omitempty" doc:"a line for each part that decides, further parts below it"`
	Error string `json:"error,omitempty"`
}

// A StateGraph is a part of a state graph. States are numbered from 0 in the order
// of a breadth-first search.
type StateGraph struct {
	From   int          `json:"from"`
	States []GraphState `json:"states" nullable:"false"`
	Steps  []GraphStep  `json:"steps" nullable:"false" doc:"those that begin and end in this part"`
	// Known is how many states were found; More in the answer tells that it is not all.
	Known int `json:"known"`
}

// A GraphState is a state, with the length of the shortest way to it.
type GraphState struct {
	State    valuejson.Object `json:"state"`
	Depth    int              `json:"depth"`
	Violated []string         `json:"violated,omitempty"`
}

// A GraphStep leads from one state to another.
type GraphStep struct {
	From   int    `json:"from"`
	To     int    `json:"to"`
	Action string `json:"action"`
}
