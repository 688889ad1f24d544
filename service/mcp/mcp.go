// Package mcp gives coding agents the tools of the program, by the Model Context
// Protocol (modelcontextprotocol.io): to parse a spec, check it, prove it with given
// lemmas, evaluate expressions, look at the steps of a state, and ask why a formula
// is false in a state of a counterexample.
//
// An agent brings its specs along as texts. Nothing that it asks is done in the
// process that talks to it: jobs run in processes of their own (package child),
// questions in those of package session, both under the limits of the service, which
// read no files and start no programs.
package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/session"
	"github.com/lemma-mc/lemma/source"
)

// Tools are what an agent is served with.
type Tools struct {
	Runner   child.Runner  // runs jobs
	Sessions *session.Pool // answers questions
}

// instructions tell an agent how to begin.
const instructions = `Tools of lemma, a model checker for TLA+ and PlusCal that also proves. Give modules as texts, {"modules": {"Lock.tla": "---- MODULE Lock ----..."}, "root_module": "Lock"}, and, if you like, a TLC config as "Lock.cfg" among them.
Begin with parse. check finds the shortest counterexample, or says that there is none; prove proves invariants for every depth, with your lemmas or with ones that it finds. To see why a lemma is no good, take a state of the counterexample to induction and ask explain; successors shows where one can go from a state.`

// Server is an MCP server with the tools.
func (t *Tools) Server() *mcp.Server {
	s := mcp.NewServer(&mcp.Implementation{Name: "lemma", Title: "lemma, a model checker that proves", Version: t.Runner.Version},
		&mcp.ServerOptions{Instructions: instructions})
	for _, tool := range t.all() {
		s.AddTool(&mcp.Tool{Name: tool.name, Description: tool.about, InputSchema: tool.input,
			Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true}}, answering(tool.do))
	}
	return s
}

// A tool answers arguments with a text for the agent and an object that says the
// same. An error is for the agent to read, too.
type tool struct {
	name, about string
	input       *job.Schema
	do          func(ctx context.Context, arguments json.RawMessage) (text string, object json.RawMessage, err error)
}

func (t *Tools) all() []tool {
	return []tool{
		{"parse", "Parse a spec with its config and tell what is wrong in it, with line, column and what would be right; else what it declares.",
			job.JSONSchema(), t.question(session.Diagnose)},
		{"check", "Check invariants, temporal properties and deadlock: the shortest counterexample, with what it comes from, or that there is none. The engine is auto, explicit, bmc, induct or simulate.",
			job.JSONSchema(), t.check},
		{"prove", "Prove invariants for all reachable states by induction. Lemmas that you name are proved along and used; others are found, unless given_lemmas_only is set. Without a proof, the counterexamples to induction.",
			job.JSONSchema(), t.prove},
		{"evaluate", "Evaluate an expression in each of the states given, or in the initial states. A state is an object with a value for each variable, in the form of ITF, as results have it.",
			about("expression", "states", "loop"), t.inStates(session.Evaluate)},
		{"explain", "Tell why a formula is true or false in each of the states given, part by part, such as an invariant in the last state of a counterexample, or a lemma in that of a counterexample to induction. A formula with primes is about a state and the next one.",
			about("expression", "states", "loop"), t.inStates(session.Explain)},
		{"successors", "The steps from a state, with the action of each and the invariants that are false behind it; without a state, the initial states.",
			about("state"), t.successors},
	}
}

// answering makes a handler of do.
func answering(do func(context.Context, json.RawMessage) (string, json.RawMessage, error)) mcp.ToolHandler {
	return func(ctx context.Context, req *mcp.CallToolRequest) (*mcp.CallToolResult, error) {
		text, object, err := do(ctx, req.Params.Arguments)
		if err != nil {
			return &mcp.CallToolResult{IsError: true, Content: []mcp.Content{&mcp.TextContent{Text: err.Error()}}}, nil
		}
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: text}}, StructuredContent: object}, nil
	}
}

// check runs a job. A counterexample is explained, unless the job says not to.
func (t *Tools) check(ctx context.Context, arguments json.RawMessage) (string, json.RawMessage, error) {
	return t.run(ctx, arguments, map[string]any{"explain": true}, nil)
}

func (t *Tools) prove(ctx context.Context, arguments json.RawMessage) (string, json.RawMessage, error) {
	return t.run(ctx, arguments, nil, map[string]any{"engine": "induct"})
}

// run runs the job that arguments describe, which says what usual does where it
// says nothing, and what always does.
func (t *Tools) run(ctx context.Context, arguments json.RawMessage, usual, always map[string]any) (string, json.RawMessage, error) {
	request, err := object(arguments)
	if err != nil {
		return "", nil, err
	}
	for k, v := range usual {
		if _, said := request[k]; !said {
			request[k] = v
		}
	}
	for k, v := range always {
		request[k] = v
	}
	text, err := json.Marshal(request)
	if err != nil {
		return "", nil, err
	}
	if err := mistaken(string(text)); err != nil {
		return "", nil, err
	}
	end, err := t.Runner.Run(ctx, child.Order{Request: string(text), Share: child.Join}, func(*child.Event) {})
	switch {
	case err != nil:
		return "", nil, err
	case end.Answer == nil:
		return "", nil, errors.New("the job ended without an answer")
	}
	return end.Answer.Shown["text"], json.RawMessage(end.Answer.Result), nil
}

// mistaken says what is wrong with a job, which no process is started for then.
func mistaken(request string) error {
	var diags diag.List
	job.Parse((&source.Set{}).Add("job.json", request), &diags)
	var all error
	for _, d := range diags.Errors() {
		all = errors.Join(all, errors.New(worded(d.Code, d.Message, d.Hint)))
	}
	return all
}

// worded is a diagnostic without its place, in a text that the agent did not write.
func worded(code diag.Code, message, hint string) string {
	text := fmt.Sprintf("%s: %s", code, message)
	if hint != "" {
		text += "; " + hint
	}
	return text
}

// question asks about a job that is all there is in the arguments.
func (t *Tools) question(kind session.Kind) func(context.Context, json.RawMessage) (string, json.RawMessage, error) {
	return func(ctx context.Context, arguments json.RawMessage) (string, json.RawMessage, error) {
		return t.ask(ctx, session.Question{Kind: kind, Job: arguments})
	}
}

// inStates asks about the states that the arguments name, else about the initial
// ones.
func (t *Tools) inStates(kind session.Kind) func(context.Context, json.RawMessage) (string, json.RawMessage, error) {
	return func(ctx context.Context, arguments json.RawMessage) (string, json.RawMessage, error) {
		q, err := asked(kind, arguments)
		if err != nil {
			return "", nil, err
		}
		if len(q.States) == 0 {
			if q.States, err = t.initial(ctx, q.Job); err != nil {
				return "", nil, err
			}
		}
		return t.ask(ctx, q)
	}
}

func (t *Tools) successors(ctx context.Context, arguments json.RawMessage) (string, json.RawMessage, error) {
	q, err := asked(session.Successors, arguments)
	if err != nil {
		return "", nil, err
	}
	if q.State == nil {
		q.Kind = session.Initial
	}
	return t.ask(ctx, q)
}

// initial are the initial states of a job.
func (t *Tools) initial(ctx context.Context, of json.RawMessage) ([]session.State, error) {
	text, err := t.Sessions.Ask(ctx, client, session.Question{Kind: session.Initial, Job: of})
	if err != nil {
		return nil, err
	}
	var a struct {
		Problem *session.Diagnostic
		Steps   []struct{ State session.State }
	}
	if err := json.Unmarshal(text, &a); err != nil {
		return nil, err
	}
	if a.Problem != nil {
		return nil, errors.New(worded(a.Problem.Code, a.Problem.Message, a.Problem.Hint))
	}
	states := make([]session.State, len(a.Steps))
	for i, s := range a.Steps {
		states[i] = s.State
	}
	return states, nil
}

// client is whom sessions belong to: a process serves one agent.
const client = "agent"

// ask has a question answered: the answer is its own text.
func (t *Tools) ask(ctx context.Context, q session.Question) (string, json.RawMessage, error) {
	answer, err := t.Sessions.Ask(ctx, client, q)
	return string(answer), answer, err
}

// asked is the question that arguments hold: fields of a question, and besides those
// of a job.
func asked(kind session.Kind, arguments json.RawMessage) (session.Question, error) {
	fields, err := object(arguments)
	if err != nil {
		return session.Question{}, err
	}
	of := map[string]any{}
	for k, v := range fields {
		if _, ofQuestion := questionFields[k]; !ofQuestion {
			of[k] = v
			delete(fields, k)
		}
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return session.Question{}, err
	}
	q, err := session.Decode(text)
	if err != nil {
		return q, err
	}
	q.Kind = kind
	q.Job, err = json.Marshal(of)
	return q, err
}

// object are arguments as an object, with numbers as they are written.
func object(arguments json.RawMessage) (map[string]any, error) {
	fields := map[string]json.RawMessage{}
	if err := json.Unmarshal(arguments, &fields); err != nil {
		return nil, fmt.Errorf("the arguments are no object in JSON: %w", err)
	}
	out := map[string]any{}
	for k, v := range fields {
		out[k] = v
	}
	return out, nil
}

// questionFields are what a question has beside its job.
var questionFields = map[string]*job.Schema{
	"expression": {Type: "string", Description: "an expression in the scope of the spec"},
	"states":     {Type: "array", Items: stateSchema, Description: "a behaviour: objects with a value for each variable, or, after the first, for those that changed"},
	"loop":       {Type: "integer", Minimum: new(int), Description: "the number of the state, from 1, that follows the last one; 0 for none"},
	"state":      stateSchema,
}

var stateSchema = &job.Schema{Type: "object", Description: "a value for each variable, in the form of ITF"}

// about is the schema of a job with some fields of a question.
func about(fields ...string) *job.Schema {
	out := job.JSONSchema()
	for _, f := range fields {
		out.Properties[f] = questionFields[f]
	}
	if fields[0] == "expression" {
		out.Required = []string{"expression"}
	}
	return out
}
