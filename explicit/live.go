package explicit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/explicit/coverage"
	"github.com/lemma-mc/lemma/explicit/plan"
	"github.com/lemma-mc/lemma/explicit/store"
	"github.com/lemma-mc/lemma/internal/answer"
	"github.com/lemma-mc/lemma/internal/parallel"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/temporal/liveness"
	"github.com/lemma-mc/lemma/trace"
)

var errTooLarge = diag.New(diag.Unsupported, "U155", source.Span{}, // a temporal property whose automaton is too large
	"it needs too large an automaton: too many different <> and [] in one formula")

// liveness decides the temporal properties on the explored graph of s, whose rows
// and steps were kept. For each property it looks for a behaviour of the graph that
// satisfies the fairness of the specification and the property's negation.
func (k *check) liveness(s *search) {
	k.liveWarnings(s)
	found, err := k.temporalViolations(s)
	k.temporalResult(found, err)
	if k.Res.Status == trace.Verified {
		k.constraintWarnings(s)
	}
}

// temporalResult makes violations of temporal properties, if any, or what kept them
// from being decided, the result.
func (k *check) temporalResult(found []*trace.Violation, err error) {
	var limit limitError
	switch {
	case len(found) > 0:
		k.Res.Status = trace.Violated
		k.Res.Violations = append(k.Res.Violations, found...)
		if len(k.Res.Violations) == len(found) {
			k.Res.Message = fmt.Sprintf("Temporal property %s is violated.", found[0].Name)
		}
	case errors.As(err, &limit):
		k.Res.Status, k.Res.Reason = trace.LimitReached, string(limit)
		k.Res.Message = fmt.Sprintf("Stopped early, while liveness was checked on all states: %s.", limit)
	case errors.Is(err, store.ErrNoRoom):
		k.Res.Status, k.Res.Reason = trace.LimitReached, err.Error()
		k.Res.Message = fmt.Sprintf("Stopped early, while liveness was checked: %s.", err)
	case err != nil:
		k.Res.Status, k.Res.Message = trace.Unknown, ""
		k.Fail(inTemporal(err))
	}
	k.unchecked()
}

// temporalViolations returns as many properties as are asked for that some behaviour
// violates, each with one. With some there may be an error, too, of another property.
func (k *check) temporalViolations(s *search) ([]*trace.Violation, error) {
	var found []*trace.Violation
	if live := k.properties.Live; live.Err == nil && len(live.Safeties) > 0 {
		var err error
		if found, err = k.badPrefixes(s, true); err != nil || len(found) >= k.wanted() {
			return found, err
		}
	}
	if len(k.properties.Temporal) == 0 {
		return found, nil
	}
	lassos, err := k.findLassos(s, k.wanted()-len(found))
	return append(found, lassos...), err
}

// wanted is how many violations are to be found besides those that were.
func (k *check) wanted() int { return max(1, k.opts.MaxErrors) - len(k.Res.Violations) }

// inTemporal gives an evaluation error the class of one in a temporal property.
func inTemporal(err error) error {
	var user *diag.Error
	if errors.As(err, &user) && user.Diagnostics[0].Class == diag.Eval {
		user.Diagnostics[0].Class = diag.EvalLiveness
	}
	return err
}

// findLassos returns the first n properties that a behaviour violates, each with one.
func (k *check) findLassos(s *search, n int) ([]*trace.Violation, error) {
	live := k.properties.Live
	if live.Err != nil {
		return nil, live.Err
	}
	if s.merges() && k.unmerged(s) {
		return k.onAllStates(n)
	}
	defer s.store.KeepCool()()
	s.store.EndSearch(s.merges())
	g, err := s.liveGraph(live)
	if err != nil {
		return nil, err
	}
	return k.lassosIn(s, g, n)
}

// lassosIn returns the first n properties that behaviours in a graph violate.
func (k *check) lassosIn(s *search, g *liveGraph, n int) (found []*trace.Violation, err error) {
	for i, h := range k.solve(g, k.properties.Live.Problems, n == 1) {
		lasso, err := h.Answer()
		if errors.Is(err, liveness.ErrTooLarge) {
			k.left.Add(k.properties.Temporal[i], errTooLarge)
			continue
		}
		if err != nil {
			return found, err
		}
		if lasso == nil {
			continue
		}
		v, err := k.showLasso(s, g, i, lasso)
		if ds := diag.Of(err); len(ds) > 0 && ds[0].Code == codeMerged {
			k.Warn(codeUnmerged, &diag.Diagnostic{Span: k.properties.Temporal[i].Span,
				Message: "a loop was found that is none on real states: the temporal properties are checked on all states"})
			return k.onAllStates(n)
		}
		if plan.IsUnsupported(err) {
			k.left.Add(k.properties.Temporal[i], err)
			continue
		}
		if err != nil {
			return found, err
		}
		if found = append(found, v); len(found) == n {
			break
		}
	}
	return found, nil
}

// solve starts on a problem with each worker, and has those who find no other
// help. When a problem has a lasso or an error, and one is enough, those after it
// are given up: nobody asks for them.
func (k *check) solve(g *liveGraph, problems []*liveness.Problem, one bool) []*liveness.SharedCheck {
	checks, cancels := make([]*liveness.SharedCheck, len(problems)), make([]func(), len(problems))
	for i, p := range problems {
		ctx, cancel := context.WithCancel(k.Ctx)
		defer cancel()
		checks[i], cancels[i] = liveness.NewSharedCheck(ctx, &g.Graph, p, g.memory, k.opts.Workers), cancel
	}
	join := func(i int) {
		if !checks[i].Join() {
			return
		}
		if lasso, err := checks[i].Answer(); one && (lasso != nil || err != nil && !errors.Is(err, liveness.ErrTooLarge)) {
			for _, cancel := range cancels[i+1:] {
				cancel()
			}
		}
	}
	var next atomic.Int64
	var c parallel.Group
	for range k.opts.Workers {
		c.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(checks); i = int(next.Add(1)) - 1 {
				join(i)
			}
			for i := range checks {
				join(i)
			}
		})
	}
	c.Wait()
	return checks
}

// A limitError is the limit that ended a search in the middle of a check.
type limitError string

func (e limitError) Error() string { return string(e) }

// unchecked makes of what was left out a warning beside a violation, or the end of
// the run.
func (k *check) unchecked() {
	switch {
	case len(k.left) == 0:
	case k.Res.Status == trace.Violated:
		k.Res.Warnings = append(k.Res.Warnings, plan.Warnings(&diag.Error{Diagnostics: k.left})...)
	case k.Res.Status == trace.Verified:
		k.Fail(&diag.Error{Diagnostics: k.left})
	}
}

// liveWarnings say what may make a verdict on liveness misleading.
func (k *check) liveWarnings(s *search) {
	said := map[string]bool{}
	warn := func(code diag.Code, at source.Span, message string) {
		if said[message] { // of another part of the same property
			return
		}
		said[message] = true
		k.Res.Warnings = append(k.Res.Warnings, &diag.Diagnostic{Code: code, Class: diag.Unsupported, Span: at, Message: message})
	}
	if k.Sys.View != nil {
		warn(answer.CodeViewed, k.Sys.View.Pos(),
			"liveness is checked on states as the VIEW shows them: a loop may end in a state that only looks like the one where it began")
	}
	if len(k.Sys.Temporal) == 0 {
		for i, g := range k.properties.Temporal {
			if i > 0 && k.properties.Temporal[i-1].Name == g.Name {
				continue // another part of it
			}
			warn("W132", g.Span, // liveness without fairness
				fmt.Sprintf("the specification has no fairness, so %s can only hold if nothing ever needs to happen", g.Name))
		}
	}
}

// CodeCutOff warns of liveness that holds under a constraint.
const CodeCutOff diag.Code = "W131" // liveness under a constraint

// constraintWarnings say what the constraints have left out of a search that found
// no violation: with it the answer might be another one.
func (k *check) constraintWarnings(s *search) {
	var out coverage.CutOff
	for _, w := range s.workers {
		out.Steps += w.Outside.Steps
		out.States += w.Outside.States
	}
	if out.Steps == 0 {
		return
	}
	for _, f := range slices.Concat(k.Sys.Constraints, k.Sys.ActionConstraints) {
		cut := fmt.Sprintf("%d steps were cut off", out.Steps)
		if out.States > 0 {
			cut += fmt.Sprintf(", all of those out of %d states", out.States)
		}
		k.Warn(CodeCutOff, &diag.Diagnostic{Span: f.Span, Message: fmt.Sprintf(
			"liveness was checked on what the constraint %s allows: %s, and a behaviour that takes one of them may violate a property", f.Name, cut)})
	}
}
