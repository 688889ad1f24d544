package web_test

import (
	"fmt"
	"testing"

	"github.com/lemma-mc/lemma/internal/browser"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

// long is a behaviour of the given length in which, of the variables, a few change
// in each step.
func long(steps, vars int) *trace.Behaviour {
	b := &trace.Behaviour{}
	for v := range vars {
		b.Vars = append(b.Vars, fmt.Sprintf("variable%d", v))
	}
	nodes := []value.Value{value.NewModel("n1"), value.NewModel("n2"), value.NewModel("n3"), value.NewModel("n4"), value.NewModel("n5")}
	state := make([]value.Value, vars)
	for v := range state {
		state[v] = function(nodes, num(v), num(0), str("idle"), set(), tuple())
	}
	for i := range steps {
		now := append([]value.Value{}, state...)
		for k := range 4 {
			now[(i+k*7)%vars] = function(nodes, num(i), num(k), str("busy"), set(num(i), num(k)), tuple(num(i), str("entry")))
		}
		action := "InitialState"
		if i > 0 {
			action = fmt.Sprintf("Step(%v)", nodes[i%5])
		}
		b.Steps = append(b.Steps, trace.Step{Action: action, State: now})
		state = now
	}
	return b
}

// TestPageSize: the page of 100 steps, each of which changes much, is below a
// megabyte.
func TestPageSize(t *testing.T) {
	if _, size := page(t, report(trace.Invariant, long(100, 50))); size > 1<<20 {
		t.Errorf("the page of a trace of 100 steps has %d bytes", size)
	}
}

// TestLongPage goes through 1,000 steps of 50 variables, and tells how long a step
// takes until it is drawn.
func TestLongPage(t *testing.T) {
	tab := browser.Open(t)
	address, _ := page(t, report(trace.Invariant, long(1000, 50)))
	tab.Go(address, ".trace .vars")
	times := browser.Eval[[]float64](tab, stepTimes)
	t.Logf("a step of 1,000, with 50 variables: median %.1f ms, at most %.1f ms", times[len(times)/2], times[len(times)-1])
	tab.UntilText(".state-head", "State 61")
	if n := browser.Eval[int](tab, `document.querySelectorAll(".steps .list-row").length`); n == 0 || n > 100 {
		t.Errorf("the list has %d elements: only those in sight should be there", n)
	}
	tab.Keys("s")
	tab.Until(`document.querySelectorAll(".seq-row").length === 1000`)
	times = browser.Eval[[]float64](tab, stepTimes)
	t.Logf("by process: median %.1f ms, at most %.1f ms", times[len(times)/2], times[len(times)-1])
}

// stepTimes are milliseconds of work for each of 60 steps, sorted: from the key to
// the end of layout.
const stepTimes = `(() => {
	const section = document.querySelector(".trace"), times = [];
	const press = key => section.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
	press("Home");
	for (let i = 0; i < 60; i++) {
		const begin = performance.now();
		press("j");
		document.querySelector(".vars").getBoundingClientRect();
		times.push(performance.now() - begin);
	}
	return times.sort((a, b) => a - b);
})()`
