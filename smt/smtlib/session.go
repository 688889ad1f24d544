package smtlib

import (
	"context"
	"fmt"
	"strings"

	"github.com/lemma-mc/lemma/smt"
)

// A session is one process and what it has been told.
type session struct {
	*process
	store    *smt.Store
	printer  *smt.Printer // also collects commands until the next exchange
	given    []int        // assertions, by level
	named    []map[smt.Term]bool
	declared map[smt.Term]bool // assumption names, which outlive their level
	elements map[string]int    // of declared sorts in the present model, by sort and name
}

const preamble = `(set-option :print-success false)
(set-option :global-declarations true)
(set-option :produce-models true)
(set-option :produce-unsat-assumptions true)
(set-logic ALL)`

func open(store *smt.Store, command []string) (*session, error) {
	p, err := start(command)
	if err != nil {
		return nil, err
	}
	s := &session{
		process:  p,
		store:    store,
		printer:  smt.NewPrinter(store),
		given:    make([]int, 1),
		named:    make([]map[smt.Term]bool, 1),
		declared: map[smt.Term]bool{},
	}
	s.printer.Command(preamble)
	return s, nil
}

// ask sends the commands collected so far.
func (s *session) ask(ctx context.Context) ([]sexp, error) {
	return s.exchange(ctx, s.printer.Take())
}

// askOne is ask for a question with one answer.
func (s *session) askOne(ctx context.Context) (sexp, error) {
	answers, err := s.ask(ctx)
	if err == nil && len(answers) != 1 {
		err = fmt.Errorf("%d answers to one question: %v", len(answers), answers)
	}
	if err != nil {
		return sexp{}, err
	}
	return answers[0], nil
}

// info asks for one (:key value).
func (s *session) info(ctx context.Context, key string) (string, error) {
	s.printer.Command("(get-info " + key + ")")
	x, err := s.askOne(ctx)
	if err != nil {
		return "", err
	}
	if len(x.list) != 2 || x.head() != key {
		return "", fmt.Errorf("unexpected answer to get-info: %v", x)
	}
	return x.list[1].String(), nil
}

// identify returns the solver's name with its version.
func (s *session) identify(ctx context.Context) (string, error) {
	name, err := s.info(ctx, ":name")
	if err != nil {
		return "", err
	}
	version, err := s.info(ctx, ":version")
	return name + " " + version, err
}

func (s *session) reason(ctx context.Context) (string, error) {
	return s.info(ctx, ":reason-unknown")
}

// catchUp tells what levels hold beyond what the solver has; kept is as in
// smt.Query. It stops when ctx ends.
func (s *session) catchUp(ctx context.Context, levels [][]smt.Term, kept int) error {
	for len(s.given) > max(kept, 1) {
		s.printer.Command("(pop 1)")
		s.given = s.given[:len(s.given)-1]
		s.named = s.named[:len(s.named)-1]
	}
	for level, assertions := range levels {
		if level == len(s.given) {
			s.printer.Command("(push 1)")
			s.given = append(s.given, 0)
			s.named = append(s.named, nil)
		}
		for _, t := range assertions[s.given[level]:] {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			s.printer.Assert(t)
		}
		s.given[level] = len(assertions)
	}
	return nil
}

// assumptions returns a literal for each of ts.
func (s *session) assumptions(ts []smt.Term) []string {
	names := make([]string, len(ts))
	for i, t := range ts {
		names[i] = s.assumption(t)
	}
	return names
}

func (s *session) assumption(t smt.Term) string {
	name := fmt.Sprintf("$a%d", t)
	for _, level := range s.named {
		if level[t] {
			return name
		}
	}
	if !s.declared[t] {
		s.declared[t] = true
		s.printer.Command("(declare-fun " + name + " () Bool)")
	}
	s.printer.Command("(assert (= " + name + " " + s.printer.Expression(t) + "))")
	top := len(s.named) - 1
	if s.named[top] == nil {
		s.named[top] = map[smt.Term]bool{}
	}
	s.named[top][t] = true
	return name
}

func (s *session) check(ctx context.Context, assume []string) (smt.Answer, error) {
	s.elements = map[string]int{}
	if len(assume) == 0 {
		s.printer.Command("(check-sat)")
	} else {
		s.printer.Command("(check-sat-assuming (" + strings.Join(assume, " ") + "))")
	}
	x, err := s.askOne(ctx)
	if err != nil {
		return smt.Unknown, err
	}
	switch x.String() {
	case "sat":
		return smt.Sat, nil
	case "unsat":
		return smt.Unsat, nil
	case "unknown", "timeout":
		return smt.Unknown, nil
	}
	return smt.Unknown, fmt.Errorf("unexpected answer to check-sat: %v", x)
}

// unsatCore returns those of the assumptions that the solver names.
func (s *session) unsatCore(ctx context.Context, names []string, assume []smt.Term) ([]smt.Term, error) {
	if len(assume) == 0 {
		return nil, nil
	}
	s.printer.Command("(get-unsat-assumptions)")
	x, err := s.askOne(ctx)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	for _, y := range x.list {
		used[y.String()] = true
	}
	var core []smt.Term
	for i, t := range assume {
		if used[names[i]] {
			core = append(core, t)
			delete(used, names[i])
		}
	}
	if len(used) > 0 {
		return nil, fmt.Errorf("the core %v has more than the assumptions", x)
	}
	return core, nil
}
