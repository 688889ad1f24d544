package show

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// The numbers of TLC's messages, as programs that read its -tool output know
// them; TLC's class EC lists them.
const (
	toolGeneral       = 1000
	toolAssumption    = 2104
	toolInvariantInit = 2107
	toolPropertyInit  = 2108
	toolInvariant     = 2110
	toolAction        = 2112
	toolDeadlock      = 2114
	toolTemporal      = 2116
	toolBehaviour     = 2121
	toolBack          = 2122
	toolAssert        = 2132
	toolStarting      = 2185
	toolFinished      = 2186
	toolModelChecking = 2187
	toolSimulating    = 2188
	toolSuccess       = 2193
	toolDepth         = 2194
	toolStats         = 2199
	toolState         = 2217
	toolStuttering    = 2218
	toolSanyEnd       = 2219
	toolSanyStart     = 2220
	toolVersion       = 2262
	toolCounter       = 2264
)

// The classes of messages behind their numbers.
const (
	toolNote    = 0
	toolError   = 1
	toolWarning = 3
	toolPrinted = 4 // of a state
)

// Tool is the result in the message format of TLC's option -tool: each message
// between a line that starts and one that ends it, with its number. now is when
// the run ended.
func (r *Report) Tool(now time.Time) []byte {
	var b bytes.Buffer
	say := func(code, class int, format string, args ...any) {
		fmt.Fprintf(&b, "@!@!@STARTMSG %d:%d @!@!@\n%s\n@!@!@ENDMSG %d @!@!@\n", code, class, fmt.Sprintf(format, args...), code)
	}
	const clock = "2006-01-02 15:04:05"
	say(toolVersion, toolNote, "lemma %s, in the place of TLC2", r.Version)
	if r.Engine == "simulate" {
		say(toolSimulating, toolNote, "Running Random Simulation.")
	} else {
		say(toolModelChecking, toolNote, "Running breadth-first search Model-Checking.")
	}
	say(toolSanyStart, toolNote, "Starting SANY...")
	say(toolSanyEnd, toolNote, "SANY finished.")
	say(toolStarting, toolNote, "Starting... (%s)", now.Add(-r.Duration).Format(clock))
	for _, w := range r.Warnings {
		say(toolGeneral, toolWarning, "%s", diag.Render(r.Files, w))
	}
	switch r.Status {
	case trace.Failed:
		say(toolGeneral, toolError, "%s", RenderError(r.Files, r.Err))
		if r.ErrBehaviour != nil {
			r.toolTrace(say, toolBehaviour, "The behavior up to this point is:", r.ErrBehaviour)
		}
	case trace.Unknown, trace.LimitReached:
		say(toolGeneral, toolError, "%s", r.Headline())
	case trace.Verified, trace.Clean:
		say(toolSuccess, toolNote, "Model checking completed. No error has been found.\n  %s", r.Headline())
	}
	for _, v := range r.Violations {
		r.toolViolation(say, v)
	}
	if c := r.Counts; c != nil {
		say(toolStats, toolNote, "%d states generated, %d distinct states found, %d states left on queue.", c.Generated, c.Distinct, c.Left)
		say(toolDepth, toolNote, "The depth of the complete state graph search is %d.", c.Depth)
	}
	say(toolFinished, toolNote, "Finished in %dms at (%s)", r.Duration.Milliseconds(), now.Format(clock))
	return b.Bytes()
}

type toolSay func(code, class int, format string, args ...any)

func (r *Report) toolViolation(say toolSay, v *trace.Violation) {
	switch {
	case v.Kind == trace.Invariant && v.Step == 1:
		say(toolInvariantInit, toolError, "Invariant %s is violated by the initial state:\n%s", v.Name, r.toolStateText(v.Behaviour, 0))
		return
	case v.Kind == trace.ActionProp && v.Step == 1:
		say(toolPropertyInit, toolError, "Property %s is violated by the initial state:\n%s", v.Name, r.toolStateText(v.Behaviour, 0))
		return
	case v.Kind == trace.Invariant:
		say(toolInvariant, toolError, "Invariant %s is violated.", v.Name)
	case v.Kind == trace.ActionProp:
		say(toolAction, toolError, "Action property %s is violated.", v.Name)
	case v.Kind == trace.Deadlock:
		say(toolDeadlock, toolError, "Deadlock reached.")
	case v.Kind == trace.Liveness:
		say(toolTemporal, toolError, "Temporal properties were violated.")
		r.toolTrace(say, toolCounter, "The following behavior constitutes a counter-example:", v.Behaviour)
		return
	case v.Kind == trace.AssertFail:
		say(toolAssert, toolError, "The first argument of Assert evaluated to FALSE; the second argument was:\n%s", v.Message)
	case v.Kind == trace.Assumption:
		say(toolAssumption, toolError, "%s", v.Sentence())
	}
	r.toolTrace(say, toolBehaviour, "The behavior up to this point is:", v.Behaviour)
}

// toolTrace writes a behaviour, a message for each state.
func (r *Report) toolTrace(say toolSay, code int, head string, b *trace.Behaviour) {
	if b == nil {
		return
	}
	say(code, toolError, "%s", head)
	for i := range b.Steps {
		say(toolState, toolPrinted, "%d: <%s>\n%s", i+1, r.toolAction(b, i), r.toolStateText(b, i))
	}
	switch {
	case b.Stuttering:
		say(toolStuttering, toolPrinted, "%d: Stuttering", len(b.Steps)+1)
	case b.LoopStart > 0:
		say(toolBack, toolPrinted, "%d: Back to state: <%s>", b.LoopStart, r.toolAction(b, b.LoopStart-1))
	}
}

// toolAction names the step to state i as TLC does: the action and its place.
func (r *Report) toolAction(b *trace.Behaviour, i int) string {
	if i == 0 {
		return "Initial predicate"
	}
	s := b.Steps[i]
	at, ok := r.Files.Position(s.Span.Start)
	if !ok {
		return s.Action
	}
	end, _ := r.Files.Position(s.Span.End)
	return fmt.Sprintf("%s line %d, col %d to line %d, col %d of module %s", s.Action, at.Line, at.Column, end.Line, max(end.Column-1, 1), moduleOf(at.File))
}

func moduleOf(f *source.File) string {
	return strings.TrimSuffix(filepath.Base(f.Name), filepath.Ext(f.Name))
}

// toolStateText is a state as a conjunction of equations, or one equation.
func (r *Report) toolStateText(b *trace.Behaviour, i int) string {
	var out bytes.Buffer
	vars := bindings(b, i)
	for j, v := range vars {
		if j > 0 {
			out.WriteByte('\n')
		}
		if len(vars) > 1 {
			out.WriteString(`/\ `)
		}
		fmt.Fprintf(&out, "%s = %s", v.Name, v.Value)
	}
	return out.String()
}
