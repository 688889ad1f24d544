package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/lemma-mc/lemma/internal/browser"
	"github.com/lemma-mc/lemma/show"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
	"github.com/lemma-mc/lemma/value"
)

func function(dom []value.Value, vals ...value.Value) value.Value {
	return value.NewFunc(value.NewSet(dom), vals)
}

func tuple(vs ...value.Value) value.Value { return value.NewTuple(vs) }
func set(vs ...value.Value) value.Value   { return value.NewSet(vs) }
func num(n int) value.Value               { return value.Int(n) }
func str(s string) value.Value            { return value.NewStr(s) }

// ballot is a behaviour of three nodes that send each other messages, and return
// to the second step.
func ballot() *trace.Behaviour {
	n := []value.Value{value.NewModel("n1"), value.NewModel("n2"), value.NewModel("n3")}
	message := func(kind string, from, to int) value.Value {
		return value.NewRecord([]string{"type", "from", "to", "term"}, []value.Value{str(kind), n[from], n[to], num(1)})
	}
	ask2, ask3, yes2 := message("ask", 0, 1), message("ask", 0, 2), message("yes", 1, 0)
	f, c, l := str("follower"), str("candidate"), str("leader")
	return &trace.Behaviour{Vars: []string{"role", "term", "votes", "messages", "log"}, LoopStart: 2, Steps: []trace.Step{
		{Action: "InitialState", State: []value.Value{function(n, f, f, f), function(n, num(0), num(0), num(0)), function(n, set(), set(), set()), set(), tuple()}},
		{Action: "Stand(n1)", State: []value.Value{function(n, c, f, f), function(n, num(1), num(0), num(0)), function(n, set(n[0]), set(), set()), set(ask2, ask3), tuple()}},
		{Action: "Grant(n2, n1)", State: []value.Value{function(n, c, f, f), function(n, num(1), num(1), num(0)), function(n, set(n[0]), set(), set()), set(ask3, yes2), tuple(num(1))}},
		{Action: "Win(n1)", State: []value.Value{function(n, l, f, f), function(n, num(1), num(1), num(0)), function(n, set(n[0], n[1]), set(), set()), set(ask3), tuple(num(1), num(2))}},
	}}
}

func report(kind trace.ViolationKind, b *trace.Behaviour) *show.Report {
	return &show.Report{Files: &source.Set{}, Version: "v0.0.0-test", Result: &trace.Result{
		Spec: "Ballot", Status: trace.Violated, Engine: "explicit", Bound: -1,
		Violations: []*trace.Violation{{Kind: kind, Name: "Elected", Step: len(b.Steps), Behaviour: b}},
	}}
}

// page writes the page of a report to a file, and returns its address.
func page(t *testing.T, r *show.Report) (address string, size int64) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "trace.html")
	if err := r.WriteTrace(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return "file://" + path, info.Size()
}

// TestPageText: texts of a spec stay texts, whatever they hold.
func TestPageText(t *testing.T) {
	tab := browser.Open(t)
	evil := `</script><script>document.title = "taken"</script><img src=x onerror="document.title='taken'">`
	b := &trace.Behaviour{Vars: []string{"x"}, Steps: []trace.Step{
		{Action: "InitialState", State: []value.Value{str("harmless")}},
		{Action: `Say("` + evil + `")`, State: []value.Value{set(str(evil), str("--><!--"))}},
	}}
	r := report(trace.Invariant, b)
	r.Violations[0].Name = evil
	address, _ := page(t, r)
	tab.Go(address, ".trace .vars")
	tab.UntilText(".vars", "</script><script>")
	tab.UntilText("header", "<img src=x")
	if got := browser.Eval[int](tab, `document.querySelectorAll("img").length + (document.title === "taken")`); got != 0 {
		t.Error("a text has become part of the page")
	}
}

// TestPageAlias shows what the ALIAS shows, and the variables on request.
func TestPageAlias(t *testing.T) {
	tab := browser.Open(t)
	b := ballot()
	for i := range b.Steps {
		names, vals := []string{"leaders"}, []value.Value{num(i / 3)}
		if i == 1 {
			names, vals = append(names, "extra"), append(vals, str("once"))
		}
		b.Alias = append(b.Alias, value.NewRecord(names, vals))
	}
	address, _ := page(t, report(trace.Liveness, b))
	tab.Go(address, ".trace .vars")
	names := `[...document.querySelectorAll(".vars tbody th")].map(e => e.firstChild.data)`
	if got := browser.Eval[[]string](tab, names); fmt.Sprint(got) != "[leaders extra]" && fmt.Sprint(got) != "[extra leaders]" {
		t.Errorf("the alias of the second state is %v", got)
	}
	tab.Keys("j")
	tab.Until(`document.querySelectorAll(".vars tbody tr").length === 1`)
	tab.Click(".choice[aria-label=Shown] button:last-child")
	if got := browser.Eval[[]string](tab, names); fmt.Sprint(got) != "[role term votes messages log]" {
		t.Errorf("the variables are %v", got)
	}
}

// TestPage steps through a lasso in a file, without a server.
func TestPage(t *testing.T) {
	tab := browser.Open(t)
	address, _ := page(t, report(trace.Liveness, ballot()))
	tab.Go(address, ".trace .vars")
	if got := tab.Text(".state-head h3"); got != "State 2 Stand(n1)" {
		t.Errorf("the page begins at %q", got)
	}
	if got := tab.Text(".ending"); got != "↻ back to step 2, and so on for ever" {
		t.Errorf("the end is %q", got)
	}
	tab.UntilText(".vars .changed ins", "candidate")
	tab.Accessible("a lasso in a file")
	tab.Shot("page-lasso")
	tab.Click(".steps .list-row")
	tab.Keys(kb.End)
	tab.UntilText(".state-head", "Win(n1)")
	tab.UntilText(".vars .changed del", "candidate")
	for tag, want := range map[string]string{"ins": `["leader" n2 2]`, "del": `["candidate" [from |-> n2, term |-> 1, to |-> n1, type |-> "yes"]]`} {
		if got := browser.Eval[[]string](tab, fmt.Sprintf(`[...document.querySelectorAll(".vars %s")].map(e => e.textContent)`, tag)); fmt.Sprint(got) != want {
			t.Errorf("marked as %s: %v, want %s", tag, got, want)
		}
	}
	tab.Keys("k")
	tab.UntilText(".state-head", "Grant(n2, n1)")
	if got := browser.Eval[[]string](tab, `[...document.querySelectorAll(".vars .changed th")].map(e => e.firstChild.data)`); fmt.Sprint(got) != "[term messages log]" {
		t.Errorf("marked as changed: %v", got)
	}
	tab.Keys("c")
	tab.Until(`document.querySelectorAll(".vars tbody tr").length === 3`)
	tab.Keys("s")
	tab.Until(`document.querySelectorAll(".seq-row").length === 4`)
	if got := browser.Eval[[]string](tab, `[...document.querySelectorAll(".message")].map(e => e.getAttribute("class") + " " + e.querySelector("title").textContent)`); fmt.Sprint(got) !=
		`[message [from |-> n1, term |-> 1, to |-> n2, type |-> "ask"] message lost [from |-> n1, term |-> 1, to |-> n3, type |-> "ask"]: no step of this trace takes it message [from |-> n2, term |-> 1, to |-> n1, type |-> "yes"]]` {
		t.Errorf("messages: %q", got)
	}
	tab.Accessible("the steps by process")
	tab.Shot("page-sequence")
}

// TestPageChannels draws messages that stand in a sequence for each pair of
// processes, numbers from 1, as Lamport's mutual exclusion has them.
func TestPageChannels(t *testing.T) {
	tab := browser.Open(t)
	request, ack := value.NewRecord([]string{"type"}, []value.Value{str("req")}), value.NewRecord([]string{"type"}, []value.Value{str("ack")})
	network := func(from1, from2 value.Value) value.Value { return tuple(tuple(tuple(), from1), tuple(from2, tuple())) }
	step := func(action string, network value.Value) trace.Step {
		return trace.Step{Action: action, State: []value.Value{network, tuple(num(0), num(1))}}
	}
	b := &trace.Behaviour{Vars: []string{"network", "clock"}, Steps: []trace.Step{
		step("InitialState", network(tuple(), tuple())), step("Request(1)", network(tuple(request), tuple())),
		step("Receive(2, 1)", network(tuple(), tuple(ack))), step("Request(2)", network(tuple(), tuple(ack, request))),
		step("Receive(1, 2)", network(tuple(), tuple(request))),
	}}
	address, _ := page(t, report(trace.Invariant, b))
	tab.Go(address, ".trace .vars")
	tab.Keys("s")
	tab.Until(`document.querySelectorAll(".seq-step").length === 5`)
	if got := browser.Eval[[]string](tab, `[...document.querySelectorAll(".message")].map(e => e.getAttribute("class") + " " + e.querySelector("title").textContent)`); fmt.Sprint(got) !=
		`[message [type |-> "req"] message [type |-> "ack"] message lost [type |-> "req"]: no step of this trace takes it]` {
		t.Errorf("messages: %q", got)
	}
}

// TestPageProof shows a proof in a file: the lemmas, what each is needed for, and in
// the steps of which actions.
func TestPageProof(t *testing.T) {
	tab := browser.Open(t)
	need := func(formula, action string) trace.Need { return trace.Need{Formula: formula, Action: action} }
	address, _ := page(t, &show.Report{Files: &source.Set{}, Result: &trace.Result{
		Spec: "Election", Status: trace.Verified, Engine: "induct", Bound: -1, Message: "All 4 formulas are proved for every reachable state.",
		Effort: &trace.Effort{Queries: 1200, CTIs: 9, Sampled: 4000}, Notes: []string{"A deadlock is not looked for."},
		Proofs: []*trace.Proof{{Name: "OneLeader", K: 1, ForAny: []string{"MaxTerm"}, Lemmas: []string{"TypeOK", "Lemma1", "Lemma2"},
			Needs: []trace.Need{need("TypeOK", ""), need("Lemma1", "Win"), need("Lemma1", "Vote")}}},
		Lemmas: []*trace.Lemma{
			{Name: "Lemma1", Text: `\A s \in Servers : role[s] = "leader" => voted[s] = s`, Says: "For all s in Servers: <b>.", Supports: []string{"OneLeader"}, Actions: []string{"Win", "Vote"}, Needs: []trace.Need{need("Lemma2", "Vote")}},
			{Name: "Lemma2", Text: "x < 3", Supports: []string{"Lemma1"}, Actions: []string{"Vote"}},
		},
	}})
	tab.Go(address, ".proof .formula")
	tab.UntilText(".formula.here", "rests on TypeOK; Lemma1 in steps of Win, Vote")
	tab.UntilText("footer", "1,200 queries, 9 counterexamples to induction, 4,000 states sampled")
	if got := browser.Eval[[]string](tab, `[...document.querySelectorAll(".proof-graph .edge")].map(e => e.textContent)`); fmt.Sprint(got) != "[OneLeader needs Lemma1: Win, Vote Lemma1 needs Lemma2: Vote]" {
		t.Errorf("the edges are %q", got)
	}
	tab.Click(".proof-graph .node.lemma")
	tab.UntilText(".formula.here", "For all s in Servers: <b>.")
	tab.UntilText(".formula.here", "needed for OneLeader in steps of Win, Vote")
	if got := browser.Eval[string](tab, `document.querySelector(".proof-graph .under.here").textContent`); got != "Win, Vote" {
		t.Errorf("the steps of %q are shown", got)
	}
	tab.Accessible("a proof in a file")
	tab.Shot("page-proof")
}

// TestPageUnproved shows how far a proof came: what was found, and the step that
// stands in the way.
func TestPageUnproved(t *testing.T) {
	tab := browser.Open(t)
	address, _ := page(t, &show.Report{Files: &source.Set{}, Result: &trace.Result{
		Spec: "Ballot", Status: trace.Unknown, Engine: "induct", Bound: -1, Message: "Elected is neither proved nor refuted: a lemma is missing.",
		Lemmas: []*trace.Lemma{{Name: "Lemma1", Text: "x # 0"}, {Name: "Lemma2", Text: "x < 3", Open: true, For: "Elected"}},
		CTIs:   []*trace.CTI{{Goal: "Elected", Behaviour: &trace.Behaviour{Vars: ballot().Vars, Steps: ballot().Steps[:2]}}},
	}})
	tab.Go(address, ".trace .vars")
	tab.UntilText(".traces", "Counterexample to induction of Elected: its first state need not be reachable; Stand(n1) breaks Elected.")
	if got := browser.Eval[[]string](tab, `[...document.querySelectorAll(".formula")].map(e => e.innerText.replace(/\s+/g, " ").trim())`); fmt.Sprint(got) !=
		"[Lemma1 lemma x # 0 Lemma2 not proved x < 3 found for Elected Elected goal]" {
		t.Errorf("the formulas are %q", got)
	}
	if n := browser.Eval[int](tab, `document.querySelectorAll(".proof-graph .node.open").length`); n != 1 {
		t.Errorf("the drawing has %d lemmas that are not proved", n)
	}
	tab.Accessible("an attempt in a file")
	tab.Shot("page-unproved")
}
