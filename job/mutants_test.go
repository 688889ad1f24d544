package job

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/ir"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// How many mutants TestMutantsAreNotCertified makes, and from which seed on.
var (
	mutants    = flag.Int("mutants", 0, "how many mutants of proved specs are looked at (default 8, with LEMMA_LONG 1000)")
	mutantSeed = flag.Uint64("mutant-seed", 0, "of the first mutant")
)

// A provedSpec is a protocol with an inductive invariant, some instances of
// which explicit search gets through.
type provedSpec struct {
	name  string // of the folder under specs
	cfg   string // of the invariants, beside the spec; their module EXTENDS it if it is not the spec's
	any   []string
	small []string // constants of the instance in which whatever is proved is looked at
	whole []string // of the one in which certificates are
}

// The specs to mutate: booleans and messages, integers, epochs, sequences, terms.
var provedSpecs = []provedSpec{
	{name: "RaftElectionActions", cfg: "RaftElectionActions", any: []string{"MaxTerm"},
		small: []string{"MaxTerm=1"}, whole: []string{"MaxTerm=3"}},
	{name: "RaftElectionActions", cfg: "RaftElectionActions", any: []string{"MaxTerm", "Servers"},
		small: []string{"MaxTerm=3", "Servers={a, b}"}, whole: []string{"MaxTerm=1", "Servers={a, b, c, d}"}},
	{name: "protocols/TwoPhaseCommit", cfg: "TwoPhaseCommitInductive"},
	{name: "protocols/LockServer", cfg: "LockServerInductive"},
	{name: "protocols/TicketLock", cfg: "TicketLockInductive"},
	{name: "protocols/DistributedLock", cfg: "DistributedLockInductive"},
	{name: "protocols/QuorumElection", cfg: "QuorumElectionInductive"},
	{name: "protocols/Peterson", cfg: "PetersonInductive"},
	{name: "protocols/ChainReplication", cfg: "ChainReplicationInductive"},
}

// A mutant is a proved spec with something changed in its next-state action.
type mutant struct {
	provedSpec
	files  memory
	change string
}

// task is the mutant as a job, with what change says about it.
func (m mutant) task(t *testing.T, change func(*Job)) *Task {
	t.Helper()
	no := false
	j := &Job{Root: m.cfg + ".tla", Config: m.cfg + ".cfg", Engine: "induct", Deadlock: &no, K: 2}
	change(j)
	return Load(t.Context(), j, Env{FS: m.files})
}

// proof is the job to prove the mutant.
func (m mutant) proof(j *Job) {
	j.Timeout = 4 * time.Second
	for _, c := range m.any {
		j.Any = append(j.Any, Name{Text: c})
	}
}

// read are the files of s.
func (s provedSpec) read(t *testing.T) memory {
	t.Helper()
	out := memory{}
	for _, name := range []string{filepath.Base(s.name) + ".tla", s.cfg + ".tla", s.cfg + ".cfg"} {
		text, err := os.ReadFile(filepath.Join("..", "specs", s.name, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	return out
}

// memory is a file system of some texts.
type memory map[string]string

func (m memory) ReadFile(name string) ([]byte, error) {
	if text, ok := m[filepath.Base(name)]; ok {
		return []byte(text), nil
	}
	return nil, os.ErrNotExist
}

func (memory) ReadDir(string) ([]os.DirEntry, error) { return nil, os.ErrNotExist }

// An edit replaces a piece of the spec's text.
type edit struct {
	from, to int
	text     string
}

// An editor finds the edits of a kind that are possible in a next-state action.
type editor struct {
	sys  *ir.System
	file *source.File
	text string

	guards, swaps, numbers, comparisons, updates []edit
}

// edits are the changes that are possible, by their kinds: a guard left out or
// denied; one variable, parameter or string in the place of another; another
// number; another comparison; an update left out.
func edits(sys *ir.System, file *source.File, text string) [][]edit {
	d := &editor{sys: sys, file: file, text: text}
	vars, names, strs := d.words()
	d.each(func(e ir.Expr) {
		switch e := e.(type) {
		case *ir.VarRef:
			d.put(&d.swaps, e, vars...)
		case *ir.NameRef:
			d.put(&d.swaps, e, names...)
		case *ir.Lit:
			if isString(e) {
				d.put(&d.swaps, e, strs...)
			} else {
				d.put(&d.numbers, e, "0", "1", "2")
			}
		case *ir.App:
			d.app(e)
		case *ir.If:
			d.put(&d.guards, e.Cond, "TRUE", "FALSE")
		case *ir.Except:
			for _, v := range vars {
				if from, to := d.span(e); to > from && strings.HasPrefix(text[from:to], "["+v+" EXCEPT") {
					d.put(&d.updates, e, v)
				}
			}
		}
	})
	return slices.DeleteFunc([][]edit{d.guards, d.swaps, d.numbers, d.comparisons, d.updates}, func(es []edit) bool { return len(es) == 0 })
}

func (d *editor) app(e *ir.App) {
	switch e.Op {
	case ir.And:
		for _, x := range e.Args {
			if from, to := d.span(x); to > from && !speaksOfNext(x) {
				d.put(&d.guards, x, "TRUE", "~("+d.text[from:to]+")")
			}
		}
	case ir.Cup:
		d.put(&d.updates, e.Args[1], "{}")
	case ir.Add:
		d.put(&d.numbers, e.Args[1], "0", "2")
	}
	if len(e.Args) != 2 {
		return
	}
	_, from := d.span(e.Args[0])
	to, _ := d.span(e.Args[1])
	if from == 0 || to <= from || strings.ContainsAny(d.text[from:to], "\n()'") {
		return
	}
	for _, op := range compared[e.Op] {
		d.comparisons = append(d.comparisons, edit{from, to, " " + op + " "})
	}
}

// compared are the comparisons that may stand in the place of another one.
var compared = map[ir.Op][]string{
	ir.Lt: {"<=", "#"}, ir.Le: {"<", ">="}, ir.Gt: {">=", "#"}, ir.Ge: {">", "<="}, ir.Eq: {"<=", ">=", "#"},
	ir.Neq: {"="}, ir.In: {"\\notin"}, ir.NotIn: {"\\in"},
}

// speaksOfNext tells whether e says something of the next state.
func speaksOfNext(e ir.Expr) (primed bool) {
	ir.Reach(e, map[*ir.Def]bool{}, func(x ir.Expr) bool {
		app, ok := x.(*ir.App)
		primed = primed || ok && (app.Op == ir.Prime || app.Op == ir.Unchanged)
		return !primed
	})
	return primed
}

func isString(e *ir.Lit) bool { return strings.HasPrefix(e.Value.String(), `"`) }

func (d *editor) each(visit func(ir.Expr)) {
	ir.Reach(d.sys.Next, map[*ir.Def]bool{}, func(e ir.Expr) bool { visit(e); return true })
}

// words are the variables, the bound names and the strings of the action.
func (d *editor) words() (vars, names, strs []string) {
	vars = d.sys.VariableNames()
	d.each(func(e ir.Expr) {
		switch e := e.(type) {
		case *ir.NameRef:
			names = append(names, e.Name.Ident)
		case *ir.Lit:
			if isString(e) {
				strs = append(strs, e.Value.String())
			}
		}
	})
	distinct := func(ss []string) []string { return slices.Compact(slices.Sorted(slices.Values(ss))) }
	return vars, distinct(names), distinct(strs)
}

// span is where e stands in the text; 0, 0 for elsewhere.
func (d *editor) span(e ir.Expr) (from, to int) {
	at := e.Pos()
	if p, ok := d.sys.Files.Position(at.Start); !ok || p.File != d.file {
		return 0, 0
	}
	return d.file.Offset(at.Start), d.file.Offset(at.End)
}

// put adds edits that replace e.
func (d *editor) put(to *[]edit, e ir.Expr, with ...string) {
	from, end := d.span(e)
	for _, w := range with {
		if end > from && d.text[from:end] != w {
			*to = append(*to, edit{from, end, w})
		}
	}
}

// mutate makes a mutant of one of the specs, with one change, or two.
func mutate(t *testing.T, seed uint64) mutant {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 14))
	m := mutant{provedSpec: provedSpecs[rnd.IntN(len(provedSpecs))]}
	m.files = m.read(t)
	name := filepath.Base(m.name) + ".tla"
	for range 1 + rnd.IntN(2) {
		task := m.task(t, m.proof)
		if task.Err != nil {
			break
		}
		text := m.files[name]
		kinds := edits(task.System, task.Files.File(name), text)
		of := kinds[rnd.IntN(len(kinds))]
		e := of[rnd.IntN(len(of))]
		m.files[name] = text[:e.from] + e.text + text[e.to:]
		m.change += fmt.Sprintf("line %d: %q for %q; ", 1+strings.Count(text[:e.from], "\n"), e.text, text[e.from:e.to])
	}
	return m
}

// A verdict is what became of one mutant.
type verdict struct {
	proved    int // formulas, with the lemmas of the original
	refuted   bool
	certified bool // with those, or with lemmas that were found
	wrong     []string
}

func (v *verdict) say(format string, args ...any) {
	v.wrong = append(v.wrong, fmt.Sprintf(format, args...))
}

// judge proves what it can of the mutant, with the lemmas of the original and
// with lemmas that are looked for, and holds it against explicit search.
func (m mutant) judge(t *testing.T) (v verdict) {
	t.Helper()
	given := m.task(t, func(j *Job) { m.proof(j); j.GivenLemmas = true })
	r := given.Run(t.Context())
	v.proved, v.refuted = len(r.Proofs), r.Status == trace.Violated
	m.hold(t, &v, given, r)
	if v.certified {
		return v
	}
	found := m.task(t, func(j *Job) {
		m.proof(j)
		j.Timeout = 2 * time.Second
		for _, f := range given.System.Invariants[:2] { // the type invariant and safety
			j.Invariants = append(j.Invariants, Name{Text: f.Name})
		}
	})
	m.hold(t, &v, found, found.Run(t.Context()))
	return v
}

// hold looks for reachable states of small instances in which something is false
// that r says is proved, and reads the certificate again, if there is one.
func (m mutant) hold(t *testing.T, v *verdict, task *Task, r *trace.Result) {
	t.Helper()
	var proved []Name
	for _, p := range r.Proofs {
		if len(p.ForAny) == len(m.any) { // else it is about another instance
			proved = append(proved, Name{Text: p.Name})
		}
	}
	if len(proved) == 0 {
		return
	}
	for _, l := range r.Lemmas {
		if !l.Open {
			proved = append(proved, Name{Text: l.Text})
		}
	}
	instances := [][]string{m.small}
	if r.Status == trace.Verified && m.whole != nil {
		instances = append(instances, m.whole)
	}
	for _, constants := range instances {
		search := m.task(t, func(j *Job) {
			j.Engine, j.K, j.Expressions, j.Invariants, j.Workers, j.Timeout = "explicit", 0, constants, proved, 1, 20*time.Second
		})
		e := search.Run(t.Context())
		if search.Err != nil {
			v.say("explicit search cannot read what is proved: %v", search.Err)
		}
		if e.Status == trace.Violated && e.Violations[0].Kind == trace.Invariant {
			v.say("%s is proved, and false in state %d for %v", e.Violations[0].Name, e.Violations[0].Step, constants)
		}
	}
	if r.Status != trace.Verified || slices.ContainsFunc(r.Proofs, func(p *trace.Proof) bool { return p.K > 1 }) {
		return
	}
	v.certified = true
	text, err := task.Certificate(r, "Certificate.tla")
	if err != nil {
		v.say("no certificate: %v", err)
		return
	}
	m.files["Certificate.tla"] = text
	again := LoadCertificate(t.Context(), "Certificate.tla", &Job{}, Env{FS: m.files})
	if c := again.Run(t.Context()); c.Status != trace.Verified {
		v.say("the certificate is not confirmed: %v %s %s %v\n%s", c.Status, c.Message, c.Reason, c.Err, text)
	}
}

// TestMutantSeen: a certificate for any number of servers was not confirmed, since a
// claim was to follow from all parts of the invariant, and not first from itself.
func TestMutantSeen(t *testing.T) {
	m := mutate(t, 41011)
	if v := m.judge(t); !v.certified || len(v.wrong) > 0 {
		t.Errorf("%s (%s): certified %v, %v", m.name, m.change, v.certified, v.wrong)
	}
}

// TestMutantsAreNotCertified: nothing that is proved of a random mutant of a proved
// spec is refuted by explicit search.
func TestMutantsAreNotCertified(t *testing.T) {
	n := *mutants
	if n == 0 {
		if n = 8; os.Getenv("LEMMA_LONG") != "" {
			n = 1000
		}
	}
	var none, certified, partly, refuted int
	for i := range uint64(n) {
		m := mutate(t, *mutantSeed+i)
		if task := m.task(t, m.proof); task.Err != nil {
			none++
			continue
		}
		v := m.judge(t)
		if testing.Verbose() {
			t.Logf("%d %s: %s%+v", *mutantSeed+i, m.name, m.change, v)
		}
		for _, w := range v.wrong {
			t.Errorf("mutant %d of %s (%s): %s", *mutantSeed+i, m.name, m.change, w)
		}
		switch {
		case v.certified:
			certified++
		case v.refuted:
			refuted++
		case v.proved > 0:
			partly++
		}
	}
	t.Logf("%d mutants: %d certified, %d refuted by the base case, %d others of which something is proved, %d no TLA+", n, certified, refuted, partly, none)
}
