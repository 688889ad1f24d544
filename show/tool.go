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
	toolInitial       = 2102 // an error in the initial states
	toolAssumption    = 2104
	toolInvariantInit = 2107
	toolPropertyInit  = 2108
	toolInvariant     = 2110
	toolEvaluation    = 2111 // of an invariant
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
	toolInit          = 2189
	toolInitDone      = 2190
	toolLiveness      = 2192
	toolSuccess       = 2193
	toolDepth         = 2194
	toolStats         = 2199
	toolProgress      = 2200
	toolCoverage      = 2201
	toolCoverageEnd   = 2202
	toolSimulated     = 2210
	toolState         = 2217
	toolStuttering    = 2218
	toolSanyEnd       = 2219
	toolSanyStart     = 2220
	toolNoValue       = 2222 // of a constant
	toolNoDefinition  = 2229 // of a name in the config
	toolVersion       = 2262
	toolCommandLine   = 1102
	toolCounter       = 2264
	toolLivenessDone  = 2267
	toolOutDegree     = 2268
	toolActionStats   = 2772
	toolParseError    = 3002
)

// The classes of messages behind their numbers.
const (
	toolNote    = 0
	toolError   = 1
	toolWarning = 3
	toolPrinted = 4 // of a state
)

// toolClock is how TLC writes a time.
const toolClock = "2006-01-02 15:04:05"

// A toolWriter writes TLC's message format of its option -tool: each message
// between a line that starts and one that ends it, with its number.
type toolWriter struct {
	bytes.Buffer
	now string // when the run ended
}

func (w *toolWriter) say(code, class int, format string, args ...any) {
	fmt.Fprintf(w, "@!@!@STARTMSG %d:%d @!@!@\n%s\n@!@!@ENDMSG %d @!@!@\n", code, class, fmt.Sprintf(format, args...), code)
}

// ToolStart is what TLC says before it does anything. What the spec prints comes
// after it, then Tool.
func ToolStart(version string, simulation bool) []byte {
	w := toolGreeting(version)
	if simulation {
		w.say(toolSimulating, toolNote, "Running Random Simulation.")
	} else {
		w.say(toolModelChecking, toolNote, "Running breadth-first search Model-Checking.")
	}
	return w.Bytes()
}

func toolGreeting(version string) *toolWriter {
	w := &toolWriter{}
	w.say(toolVersion, toolNote, "lemma %s, in the place of TLC2", version)
	return w
}

// ToolUsage is what TLC says of a command line that it does not understand.
func ToolUsage(version, wrong string) []byte {
	w := toolGreeting(version)
	w.say(toolCommandLine, toolError, "Error: %s\nUsage: lemma tlc [-option] inputfile", wrong)
	return w.Bytes()
}

// Tool is the result in the message format of TLC's option -tool, after ToolStart,
// in TLC's order. now is when the run ended. What TLC tells and a result does not
// have, such as the number of initial states, is left out of a message.
func (r *Report) Tool(now time.Time) []byte {
	w := &toolWriter{now: now.Format(toolClock)}
	illegal := trace.ErrorExitCode(r.Err) == diag.Syntax.ExitCode() && r.Status == trace.Failed
	w.say(toolSanyStart, toolNote, "Starting SANY...")
	if illegal {
		w.WriteString(r.sanyErrors())
	}
	w.say(toolSanyEnd, toolNote, "SANY finished.")
	w.say(toolStarting, toolNote, "Starting... (%s)", now.Add(-r.Duration).Format(toolClock))
	for _, d := range r.Warnings {
		w.say(toolGeneral, toolWarning, "%s", diag.Render(r.Files, d))
	}
	switch {
	case illegal:
		w.say(toolParseError, toolError, "Parsing or semantic analysis failed.")
	case r.Engine == "simulate":
		r.toolVerdict(w)
		r.toolSimulated(w)
	default:
		r.toolInitial(w)
		r.toolVerdict(w)
		r.toolCoverage(w)
		r.toolCounts(w)
	}
	w.say(toolFinished, toolNote, "Finished in %dms at (%s)", r.Duration.Milliseconds(), w.now)
	return w.Bytes()
}

// sanyErrors are the errors of a spec in the form in which SANY lists them, which
// editors read for their places.
func (r *Report) sanyErrors() string {
	var b strings.Builder
	list := diag.Of(r.Err)
	fmt.Fprintf(&b, "Semantic errors:\n\n*** Errors: %d\n\n", len(list))
	for _, d := range list {
		fmt.Fprintf(&b, "%s\n\n%s: %s\n", r.toolPlace(d.Span), d.Code, d.Message)
		if d.Hint != "" {
			fmt.Fprintf(&b, "hint: %s\n", d.Hint)
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// toolInitial tells that the initial states are made, as far as the search came to
// that.
func (r *Report) toolInitial(w *toolWriter) {
	if r.Counts == nil {
		return
	}
	w.say(toolInit, toolNote, "Computing initial states...")
	if r.Counts.Depth > 0 && !r.endedInitially() {
		w.say(toolInitDone, toolNote, "Finished computing initial states at %s.", w.now)
	}
}

// endedInitially tells whether an initial state ended the run.
func (r *Report) endedInitially() bool {
	if b := r.ErrBehaviour; r.Status == trace.Failed && b != nil {
		return len(b.Steps) <= 1
	}
	return len(r.Violations) == 1 && r.Violations[0].Step == 1 && r.Violations[0].Kind != trace.Deadlock
}

// toolVerdict is what was found.
func (r *Report) toolVerdict(w *toolWriter) {
	switch r.Status {
	case trace.Failed:
		r.toolFailure(w)
	case trace.Unknown, trace.LimitReached:
		w.say(toolGeneral, toolError, "%s", r.Headline())
	case trace.Verified, trace.Clean:
		if r.Engine != "simulate" {
			w.say(toolSuccess, toolNote, "Model checking completed. No error has been found.\n  %s", r.Headline())
		}
	}
	for _, v := range r.Violations {
		r.toolViolation(w, v)
	}
}

// toolFailure is what kept the run from a verdict.
func (r *Report) toolFailure(w *toolWriter) {
	text := RenderError(r.Files, r.Err)
	code := toolGeneral
	if list := diag.Of(r.Err); len(list) > 0 {
		switch d := list[0]; {
		case d.Code == diag.CodeUnknown:
			code = toolNoDefinition
		case d.Code == diag.CodeNoConstant:
			code = toolNoValue
		case d.Class == diag.EvalInvariant:
			code = toolEvaluation
		case d.Class == diag.Eval && r.ErrBehaviour != nil && len(r.ErrBehaviour.Steps) == 1:
			w.say(toolInitial, toolError, "%sWhile working on the initial state:\n%s\n", text, r.toolStateText(r.ErrBehaviour, 0))
			return
		}
	}
	w.say(code, toolError, "%s", text)
	r.toolTrace(w, toolBehaviour, "The behavior up to this point is:", r.ErrBehaviour)
}

// toolCoverage is what was seen of each action: new states and all of them.
func (r *Report) toolCoverage(w *toolWriter) {
	if len(r.Coverage) == 0 {
		return
	}
	w.say(toolCoverage, toolNote, "The coverage statistics at %s", w.now)
	for _, c := range r.Coverage {
		w.say(toolActionStats, toolNote, "<%s %s>: %d:%d", c.Action, r.toolPlace(c.Span), max(c.Distinct, 0), c.Generated)
	}
	w.say(toolCoverageEnd, toolNote, "End of statistics.")
}

// toolCounts are the counts of a search.
func (r *Report) toolCounts(w *toolWriter) {
	c := r.Counts
	if c == nil || r.endedInitially() {
		return
	}
	counts := fmt.Sprintf("%d states generated, %d distinct states found, %d states left on queue.", c.Generated, c.Distinct, c.Left)
	w.say(toolProgress, toolNote, "Progress(%d) at %s: %s", c.Depth, w.now, counts)
	w.say(toolStats, toolNote, "%s", counts)
	w.say(toolDepth, toolNote, "The depth of the complete state graph search is %d.", c.Depth)
	if d := r.OutDegree; d != nil {
		w.say(toolOutDegree, toolNote, "The average outdegree of the complete state graph is %.0f (minimum is %d, the maximum %d).", d.Mean, d.Min, d.Max)
	}
}

// toolSimulated are the counts of a simulation.
func (r *Report) toolSimulated(w *toolWriter) {
	if s := r.Simulated; s != nil {
		w.say(toolSimulated, toolNote, "The number of states generated: %d", s.Generated)
	}
}

func (r *Report) toolViolation(w *toolWriter, v *trace.Violation) {
	switch {
	case v.Kind == trace.Invariant && v.Step == 1:
		w.say(toolInvariantInit, toolError, "Invariant %s is violated by the initial state:\n%s\n", v.Name, r.toolStateText(v.Behaviour, 0))
		return
	case v.Kind == trace.ActionProp && v.Step == 1:
		w.say(toolPropertyInit, toolError, "Property %s is violated by the initial state:\n%s\n", v.Name, r.toolStateText(v.Behaviour, 0))
		return
	case v.Kind == trace.Invariant:
		w.say(toolInvariant, toolError, "Invariant %s is violated.", v.Name)
	case v.Kind == trace.ActionProp:
		w.say(toolAction, toolError, "Action property %s is violated.", v.Name)
	case v.Kind == trace.Deadlock:
		w.say(toolDeadlock, toolError, "Deadlock reached.")
	case v.Kind == trace.Liveness:
		w.say(toolLiveness, toolNote, "Checking temporal properties at (%s)", w.now)
		w.say(toolTemporal, toolError, "Temporal properties were violated.\n")
		r.toolTrace(w, toolCounter, "The following behavior constitutes a counter-example:\n", v.Behaviour)
		w.say(toolLivenessDone, toolNote, "Finished checking temporal properties at %s", w.now)
		return
	case v.Kind == trace.AssertFail:
		w.say(toolAssert, toolError, "The first argument of Assert evaluated to FALSE; the second argument was:\n%s", v.Message)
	case v.Kind == trace.Assumption:
		w.say(toolAssumption, toolError, "%s", v.Sentence())
	}
	r.toolTrace(w, toolBehaviour, "The behavior up to this point is:", v.Behaviour)
}

// toolTrace writes a behaviour, a message for each state.
func (r *Report) toolTrace(w *toolWriter, code int, head string, b *trace.Behaviour) {
	if b == nil {
		return
	}
	w.say(code, toolError, "%s", head)
	for i := range b.Steps {
		w.say(toolState, toolPrinted, "%d: <%s>\n%s\n", i+1, r.toolAction(b, i), r.toolStateText(b, i))
	}
	switch {
	case b.Stuttering:
		w.say(toolStuttering, toolPrinted, "%d: Stuttering", len(b.Steps)+1)
	case b.LoopStart > 0:
		w.say(toolBack, toolPrinted, "%d: Back to state: <%s>", b.LoopStart, r.toolAction(b, b.LoopStart-1))
	}
}

// toolAction names the step to state i as TLC does: the action and its place.
func (r *Report) toolAction(b *trace.Behaviour, i int) string {
	if i == 0 {
		return "Initial predicate"
	}
	s := b.Steps[i]
	place := r.toolPlace(s.Span)
	if place == "" {
		return s.Action
	}
	return s.Action + " " + place
}

// toolPlace writes a place as TLC does; "" where there is none.
func (r *Report) toolPlace(span source.Span) string {
	at, ok := r.Files.Position(span.Start)
	if !ok {
		return ""
	}
	end, _ := r.Files.Position(span.End)
	return fmt.Sprintf("line %d, col %d to line %d, col %d of module %s", at.Line, at.Column, end.Line, max(end.Column-1, 1), moduleOf(at.File))
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
