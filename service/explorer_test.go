package service_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/lemma-mc/lemma/internal/browser"
)

// twoLocks livelocks: each of two processes takes one lock and gives it back.
const twoLocks = `---- MODULE TwoLocks ----
EXTENDS Naturals
CONSTANT Process
VARIABLES holds, done
vars == <<holds, done>>
Init == holds = [p \in Process |-> FALSE] /\ done = [p \in Process |-> FALSE]
Take(p) == ~holds[p] /\ ~done[p] /\ holds' = [holds EXCEPT ![p] = TRUE] /\ UNCHANGED done
GiveUp(p) == holds[p] /\ (\E q \in Process \ {p} : holds[q]) /\ holds' = [holds EXCEPT ![p] = FALSE] /\ UNCHANGED done
Finish(p) == holds[p] /\ (\A q \in Process \ {p} : ~holds[q]) /\ done' = [done EXCEPT ![p] = TRUE] /\ holds' = [holds EXCEPT ![p] = FALSE]
Next == \E p \in Process : Take(p) \/ GiveUp(p) \/ Finish(p)
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
OneAtATime == \A p, q \in Process : holds[p] /\ holds[q] => p = q
SomeoneFinishes == <>(\E p \in Process : done[p])
====
`

// submitted is the id of a job; with a wait, of one that has ended.
func (s *site) submitted(job string, wait string) string {
	s.Helper()
	a := s.mustAsk("POST", jobs, job, "Prefer", wait)
	id, ok := a.field(s, "job_id").(string)
	if !ok {
		s.Fatal(a.text)
	}
	return id
}

// ended is what has a job run to its end.
const ended = "wait=60"

// asJSON is a text as a JSON string.
func asJSON(text string) string {
	out, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(out)
}

func twoLocksJob(more string) string {
	return fmt.Sprintf(`{"modules": {"TwoLocks.tla": %s, "TwoLocks.cfg": %s}, "root_module": "TwoLocks", "deadlock_detection": false%s}`,
		asJSON(twoLocks), asJSON("SPECIFICATION Spec\nCONSTANT Process = {p1, p2}\n"), more)
}

// TestExplorerSubmit opens a bundled spec in the editor, breaks it and mends it,
// runs it, and steps through what comes out.
func TestExplorerSubmit(t *testing.T) {
	tab := browser.Open(t)
	s := newSite(t, "")
	s.serve()
	tab.Go(s.url+"/", "table.jobs")
	tab.UntilText("main", "Nothing has been run yet.")
	tab.Accessible("the list of runs")

	tab.Keys("gn")
	tab.See(".editor textarea")
	tab.UntilText(".messages", "no errors")
	tab.Until(`document.querySelectorAll("select[aria-label='Bundled spec'] option").length > 10`)
	browser.Eval[int](tab, `(m => { m.value = "LeaderElection"; m.dispatchEvent(new Event("change")); return 0; })(document.querySelector("select[aria-label='Bundled spec']"))`)
	tab.UntilText(".files", "LeaderElection.cfg")
	tab.UntilText(".messages", "W101")
	tab.Until(`document.querySelector(".marked-warning")?.textContent.includes("forall")`)
	tab.Shot("editor")
	tab.Accessible("the editor")
	browser.Eval[int](tab, `(a => { a.focus(); a.setSelectionRange(a.value.indexOf("AtMostOneLeader =="), a.value.indexOf("AtMostOneLeader ==")); return 0; })(document.querySelector(".editor textarea"))`)
	tab.Keys("]")
	tab.UntilText(".messages .tag.bad", "E")
	tab.Until(`document.querySelector(".code-number.error") !== null`)
	tab.Keys(kb.Backspace)
	tab.UntilText(".messages", "no errors")

	tab.Click(".head button.first")
	tab.UntilText(".headline", "Invariant AtMostOneLeader is violated in state 5.")
	tab.UntilText(".state-head", "State 5")
	tab.UntilText(".why", "AtMostOneLeader is false")
	tab.Shot("run")
	tab.Accessible("a run with a counterexample")
	tab.Keys("k")
	tab.UntilText(".state-head", "State 4")
	tab.Until(`document.querySelectorAll(".vars .changed ins").length > 0`)
	tab.Type(".trace .watch input", `{s \in Servers : state[s] = "Leader"}`+kb.Enter)
	tab.UntilText(".vars .watched td", "{Node3}")
	tab.Type(".trace .watch input", `nonsense +`+kb.Enter)
	tab.Until(`document.querySelector(".vars .watched .wrong") !== null`)
	tab.Click(".state-tools .link")
	tab.See("dialog .editor")
	tab.Accessible("the source of an action")
	tab.Keys(kb.Escape)
}

// TestExplorerWatch follows a run that takes a while, and cancels it.
func TestExplorerWatch(t *testing.T) {
	tab := browser.Open(t)
	s := newSite(t, "")
	s.serve()
	id := s.submitted(`{"modules": {"Big.tla": `+asJSON("---- MODULE Big ----\nEXTENDS Naturals\nVARIABLES a, b, c\nInit == a = 0 /\\ b = 0 /\\ c = 0\n"+
		"Next == \\/ a' = (a + 1) % 100000 /\\ UNCHANGED <<b, c>>\n        \\/ b' = (b + 1) % 100000 /\\ UNCHANGED <<a, c>>\n        \\/ c' = (c + 1) % 100000 /\\ UNCHANGED <<a, b>>\n====\n")+
		`, "Big.cfg": "INIT Init\nNEXT Next\n"}, "root_module": "Big", "engine": "explicit", "worker_threads": 1}`, "")
	tab.Go(s.url+"/#/job/"+id, ".progress-message")
	tab.UntilText(".facts", "States generated")
	tab.UntilText(".title .tag", "running")
	tab.Until(`document.querySelector(".chart polyline") !== null`)
	tab.Shot("progress")
	tab.Accessible("a run that goes on")
	tab.Click(".head button")
	tab.Until(`document.querySelector(".progress-message") === null`)
	tab.UntilText("main", "cancelled")
}

// TestExplorerLasso looks at a violated liveness property, from the keyboard alone,
// and compares it with another run.
func TestExplorerLasso(t *testing.T) {
	tab := browser.Open(t)
	s := newSite(t, "")
	s.serve()
	live := s.submitted(twoLocksJob(`, "properties": ["SomeoneFinishes"], "explain": true`), ended)
	safe := s.submitted(twoLocksJob(`, "invariants": ["\\A p \\in Process : ~done[p]"]`), ended)
	tab.Go(s.url+"/#/job/"+live, ".lasso")
	tab.UntilText(".ending", "back to step")
	tab.UntilText(".why", "WF_vars(Next)")
	tab.Shot("lasso")
	tab.Accessible("a lasso")
	tab.Keys("s")
	tab.See(".sequence .loop-band")
	tab.Shot("sequence")
	tab.Accessible("a behaviour by process")
	tab.Go(s.url+"/#/compare?a="+live+"&b="+safe, ".compare-body")
	tab.UntilText(".compare .differs", "SomeoneFinishes")
	tab.UntilText(".compare-body .list", "they part here")
	tab.Shot("compare")
	tab.Accessible("two runs")
	tab.Go(s.url+"/", "table.jobs tbody tr")
	tab.UntilText("table.jobs", "TwoLocks")
	tab.Shot("runs")
	tab.Accessible("the list of some runs")
}

// TestExplorerProof shows a proof with its lemmas, and what stands in the way of one.
func TestExplorerProof(t *testing.T) {
	tab := browser.Open(t)
	s := newSite(t, "")
	s.serve()
	id := s.submitted(`{"model_name": "TwoPhaseCommit", "engine": "induct"}`, ended)
	tab.Go(s.url+"/#/job/"+id, ".proof .formula")
	tab.UntilText(".title .tag", "verified")
	tab.Click(".proof-graph .node:nth-of-type(2)")
	tab.Until(`document.querySelector(".formula.here pre") !== null && document.querySelectorAll(".proof-graph .edge.here").length > 0`)
	tab.UntilText(".formula", "needed for")
	tab.Shot("proof")
	tab.Accessible("a proof")
	cti := s.submitted(`{"modules": {"C.tla": `+asJSON("---- MODULE C ----\nEXTENDS Integers\nVARIABLES x, y\nInit == x = 1 /\\ y = 1\nNext == x' = x + y /\\ y' = y + 2\nInv == x # 7\n====\n")+
		`}, "root_module": "C", "init": "Init", "next": "Next", "invariants": ["Inv"], "engine": "induct", "k": 1}`, ended)
	tab.Go(s.url+"/#/job/"+cti, ".verdict")
	tab.UntilText(".traces", "Counterexample to induction of Inv")
	tab.UntilText(".steps", "ArbitraryState")
	tab.UntilText(".proof", "Lemma1")
	tab.Shot("cti")
	tab.Accessible("a counterexample to induction")
}

// TestExplorerByHand takes steps, goes back, evaluates, and draws the state graph.
func TestExplorerByHand(t *testing.T) {
	tab := browser.Open(t)
	s := newSite(t, "")
	s.serve()
	id := s.submitted(twoLocksJob(`, "invariants": ["OneAtATime"]`), ended)
	tab.Go(s.url+"/#/hand?job="+id, ".hand-next .list-row")
	tab.UntilText(".hand-next h2", "Initial states")
	tab.Keys(kb.Enter)
	tab.UntilText(".hand-next h2", "Steps from state 1")
	tab.Keys(kb.ArrowDown)
	tab.UntilText(".state-head", "Take(p2)")
	tab.Keys(kb.Enter)
	tab.UntilText(".hand-next h2", "Steps from state 2")
	tab.UntilText(".hand-next .tag.bad", "OneAtATime")
	tab.UntilText(".hand-path", "Take(p2)")
	tab.Type(".watch input", `{p \in Process : holds[p]}`+kb.Enter)
	tab.UntilText(".vars .watched td", "p2")
	tab.Shot("hand")
	tab.Accessible("exploring by hand")
	tab.Click(".hand-next .list-row")
	tab.Keys(kb.Backspace)
	tab.UntilText(".hand-next h2", "Steps from state 1")

	tab.Go(s.url+"/#/graph?job="+id, ".graph-list .list-row")
	tab.UntilText(".head", "steps among them")
	tab.UntilText(".graph-list .tag.bad", "OneAtATime")
	tab.Click(".graph-box canvas")
	tab.Keys(kb.ArrowRight)
	tab.UntilText(".graph-body .neighbours", "Comes by")
	tab.Shot("graph")
	tab.Accessible("the state graph")
	tab.Click(".graph-body .state-tools button")
	tab.UntilText(".hand-next h2", "Steps from state 1")
}

// TestExplorerToken: the pages come without a token, ask for one, and show it.
func TestExplorerToken(t *testing.T) {
	tab := browser.Open(t)
	s := newSite(t, "")
	s.file("tokens", "ann 0123456789abcdef-token\n")
	s.serve("--tokens", s.files+"/tokens")
	tab.Go(s.url+"/", "dialog input")
	tab.Accessible("the question for a token")
	tab.Type("dialog input", "0123456789abcdef-token"+kb.Enter)
	tab.UntilText("main", "Nothing has been run yet.")
	tab.Expect("401")
}

// lattice has about 2,000 states.
const lattice = `---- MODULE Grid ----
EXTENDS Naturals
VARIABLES x, y
Init == x = 0 /\ y = 0
Right == x < 44 /\ x' = x + 1 /\ UNCHANGED y
Up == y < 44 /\ y' = y + 1 /\ UNCHANGED x
Next == Right \/ Up
====
`

// TestExplorerLargeGraph draws 2,000 states, and tells how long it takes.
func TestExplorerLargeGraph(t *testing.T) {
	tab := browser.Open(t)
	s := newSite(t, "")
	s.serve()
	id := s.submitted(fmt.Sprintf(`{"modules": {"Grid.tla": %s, "Grid.cfg": "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE"}, "root_module": "Grid"}`, asJSON(lattice)), ended)
	tab.Go(s.url+"/#/graph?job="+id, ".graph-list .list-row")
	tab.UntilText(".head", "States 1 to 2,000, and more")
	times := browser.Eval[[]float64](tab, `(async () => {
		const canvas = document.querySelector(".graph-box canvas"), times = [];
		const frame = () => new Promise(requestAnimationFrame);
		for (let i = 0; i < 40; i++) {
			const key = i % 4 === 3 ? "+" : i % 2 ? "ArrowDown" : "ArrowRight";
			const begin = performance.now();
			canvas.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
			const worked = performance.now() - begin;
			await frame();
			const drawn = performance.now();
			canvas.getContext("2d").getImageData(0, 0, 1, 1); // waits for the drawing
			times.push(worked + performance.now() - drawn);
		}
		return times.sort((a, b) => a - b);
	})()`)
	t.Logf("a move in a graph of 2,000 states: median %.1f ms, at most %.1f ms", times[len(times)/2], times[len(times)-1])
	tab.Shot("graph-large")
	browser.Eval[int](tab, `([...document.querySelectorAll(".head button")].find(b => b.textContent === "Further").click(), 0)`)
	tab.UntilText(".head", "States 2,001 to 2,025 of 2,025")
	if text := tab.Text(".graph-list"); !strings.Contains(text, "x = 44") {
		t.Errorf("the last states are not there: %s", text)
	}
}
