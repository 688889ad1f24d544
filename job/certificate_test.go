package job

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lemma-mc/lemma/internal/tlatools"
	"github.com/lemma-mc/lemma/source"
	"github.com/lemma-mc/lemma/trace"
)

// certified proves a bundled spec with lemmas that are found, and gives its files
// with the certificate.
func certified(t *testing.T, s provedSpec, constants ...string) memory {
	t.Helper()
	m := mutant{provedSpec: s, files: s.read(t)}
	task := m.task(t, func(j *Job) {
		m.proof(j)
		j.Timeout, j.Expressions = time.Minute, constants
	})
	r := task.Run(t.Context())
	if r.Status != trace.Verified {
		t.Fatalf("%s: %v %s %v", s.name, r.Status, r.Message, r.Err)
	}
	text, err := task.Certificate(r, "Certificate.tla")
	if err != nil {
		t.Fatal(err)
	}
	m.files["Certificate.tla"] = text
	return m.files
}

func recheck(t *testing.T, fs source.FileSystem, solver string) *trace.Result {
	t.Helper()
	return LoadCertificate(t.Context(), "Certificate.tla", &Job{Solver: solver}, Env{FS: fs, Allow: Allow{Commands: true}}).Run(t.Context())
}

// programs are the solvers of the tests that are there.
func programs() []string {
	out := []string{""}
	for program, name := range map[string]string{"z3": "smtlib:z3 -in", "cvc5": "smtlib:cvc5 --incremental"} {
		if _, err := exec.LookPath(program); err == nil {
			out = append(out, name)
		}
	}
	return out
}

var certifiedSpecs = []provedSpec{
	{name: "protocols/ToyConsensus", cfg: "ToyConsensus"},
	{name: "protocols/LockServer", cfg: "LockServer"},
	{name: "protocols/DistributedLock", cfg: "DistributedLockInductive"},
	{name: "protocols/TwoPhaseCommit", cfg: "TwoPhaseCommit"},
	{name: "protocols/TicketLock", cfg: "TicketLock"},
	{name: "RaftElectionActions", cfg: "RaftElectionActions", any: []string{"MaxTerm"}},
	{name: "RaftElectionActions", cfg: "RaftElectionActions", any: []string{"MaxTerm", "Servers"}},
	{name: "protocols/ChainReplication", cfg: "ChainReplicationInductive"},
}

// TestCertificates: what is certified is confirmed, with every solver there is, and
// so are its conditions by their text.
func TestCertificates(t *testing.T) {
	for i, s := range certifiedSpecs {
		if i > 0 && os.Getenv("LEMMA_LONG") == "" {
			break
		}
		files := certified(t, s)
		dir := t.TempDir()
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		load := func(solver string) *Task {
			return LoadCertificate(t.Context(), filepath.Join(dir, "Certificate.tla"), &Job{Solver: solver}, Env{FS: source.Disk, Allow: Allow{Commands: true}})
		}
		conditions := filepath.Join(dir, "conditions")
		if r, err := load("").WriteConditions(t.Context(), conditions); err != nil || r.Status != trace.Verified {
			t.Fatalf("%s: %v %s, %v", s.name, r.Status, r.Message, err)
		}
		for _, solver := range programs() {
			task := load(solver)
			task.CheckConditions(conditions)
			if r := task.Run(t.Context()); r.Status != trace.Verified {
				t.Errorf("%s by %q: %v %s %v", s.name, solver, r.Status, r.Message, r.Err)
			}
		}
		if i > 0 {
			continue
		}
		spoilConditions(t, conditions, func() *trace.Result {
			task := load("")
			task.CheckConditions(conditions)
			return task.Run(t.Context())
		})
	}
}

// spoilConditions changes a folder of conditions in one way after another, which
// check must refuse.
func spoilConditions(t *testing.T, dir string, check func() *trace.Result) {
	t.Helper()
	list := filepath.Join(dir, manifestName)
	manifest, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*.smt2"))
	last := files[len(files)-1]
	script, err := os.ReadFile(last)
	if err != nil {
		t.Fatal(err)
	}
	entry := regexp.MustCompile(`(?s),\s*\{[^{}]*\}(\s*\]\s*\})`)
	for what, spoil := range map[string]func(){
		"a file is changed":         func() { _ = os.WriteFile(last, append(script, ' '), 0o644) },
		"a file is gone":            func() { _ = os.Remove(last) },
		"a condition is not listed": func() { _ = os.WriteFile(list, entry.ReplaceAll(manifest, []byte("$1")), 0o644) },
		"a condition asks for less": func() { spoilScript(list, last, manifest, script, "(set-logic ALL)\n(check-sat)\n") },
		"a condition says nothing of the spec": func() {
			spoilScript(list, last, manifest, script, "(set-logic ALL)\n(assert false)\n(check-sat)\n")
		},
		"there is no list": func() { _ = os.Remove(list) },
		"a file of another folder": func() {
			_ = os.WriteFile(list, []byte(strings.Replace(string(manifest), `"file": "`, `"file": "../`, 1)), 0o644)
		},
		"another answer is expected": func() {
			_ = os.WriteFile(list, []byte(strings.Replace(string(manifest), `"unsat"`, `"sat"`, 1)), 0o644)
		},
	} {
		spoil()
		if r := check(); r.Status != trace.Failed || !strings.Contains(fmt.Sprint(r.Err), string(codeConditions)) {
			t.Errorf("%s, and it is %v %s %v", what, r.Status, r.Message, r.Err)
		}
		_ = os.WriteFile(last, script, 0o644)
		_ = os.WriteFile(list, manifest, 0o644)
	}
}

// spoilScript puts another script in the place of one, and lists it.
func spoilScript(list, file string, manifest, script []byte, other string) {
	_ = os.WriteFile(file, []byte(other), 0o644)
	_ = os.WriteFile(list, []byte(strings.ReplaceAll(string(manifest), sum(string(script)), sum(other))), 0o644)
}

// lemmaLine is the definition of a lemma in a certificate.
var lemmaLine = regexp.MustCompile(`(?m)^(Lemma\d+) == (.*)$`)

// replacements are changes of a lemma's text.
var replacements = [][2]string{
	{" => ", " /\\ "}, {" => ", " <=> "}, {" = ", " # "}, {" # ", " = "}, {"\\A ", "\\E "}, {" /\\ ", " \\/ "}, {" \\in ", " \\notin "},
	{"~", ""}, {"TRUE", "FALSE"}, {"FALSE", "TRUE"}, {"working", "aborted"}, {"committed", "aborted"}, {"holds", "granted"}, {"granted", "returned"},
}

// changed is a certificate with one lemma changed.
func changed(rnd *rand.Rand, text string) (string, string) {
	for {
		all := lemmaLine.FindAllStringSubmatchIndex(text, -1)
		at := all[rnd.IntN(len(all))]
		body := text[at[4]:at[5]]
		var to string
		switch k := rnd.IntN(len(replacements) + 5); k {
		case 0:
			to = "~(" + body + ")"
		case 1:
			to = "TRUE"
		case 2: // the consequent alone
			head, rest, ok := strings.Cut(body, " : ")
			_, then, imp := strings.Cut(rest, " => ")
			if !ok || !imp {
				continue
			}
			to = head + " : " + then
		case 3: // as much as two of them
			other := all[rnd.IntN(len(all))]
			to = "(" + body + ") /\\ (" + text[other[4]:other[5]] + ")"
		case 4:
			other := all[rnd.IntN(len(all))]
			to = "(" + body + ") \\/ (" + text[other[4]:other[5]] + ")"
		default:
			r := replacements[k-5]
			if to = strings.Replace(body, r[0], r[1], 1); to == body {
				continue
			}
		}
		return text[:at[4]] + to + text[at[5]:], to + " for " + body
	}
}

// TestChangedLemmaIsRefused: a certificate with one lemma changed is refused unless
// it still is inductive, which explicit search from all states that satisfy it
// tells.
func TestChangedLemmaIsRefused(t *testing.T) {
	n := 12
	if os.Getenv("LEMMA_LONG") != "" {
		n = 200
	}
	confirmed, refused := 0, 0
	for _, s := range []struct {
		spec      provedSpec
		constants []string
	}{
		{provedSpec{name: "protocols/LockServer", cfg: "LockServer"}, []string{"Client={c1, c2}"}},
		{provedSpec{name: "protocols/TwoPhaseCommit", cfg: "TwoPhaseCommit"}, []string{"RM={r1, r2}"}},
	} {
		files := certified(t, s.spec, s.constants...)
		whole := files["Certificate.tla"]
		rnd := rand.New(rand.NewPCG(14, 14))
		for range n {
			var what string
			files["Certificate.tla"], what = changed(rnd, whole)
			r := recheck(t, files, "")
			if r.Status != trace.Verified {
				refused++
			} else {
				confirmed++
			}
			if is := inductiveByStates(t, files, s.constants); is != (r.Status == trace.Verified) {
				t.Errorf("%s with %s: %v %s %v; inductive by its states: %v", s.spec.name, what, r.Status, r.Message, r.Err, is)
			}
		}
	}
	t.Logf("%d are inductive, %d are refused", confirmed, refused)
	if confirmed == 0 || refused == 0 {
		t.Error("the changes do not tell certificates apart")
	}
}

// inductiveByStates tells whether the certificate's invariant holds initially and is
// inductive, by explicit search from the initial states and from all that satisfy it.
func inductiveByStates(t *testing.T, files memory, constants []string) bool {
	t.Helper()
	no := false
	for _, init := range []string{"CertifiedInit", "IndInvFrom"} {
		all := memory{}
		for name, text := range files {
			all[name] = text
		}
		types := regexp.MustCompile(`(?m)^TypeOf_\w+`).FindAllString(files["Certificate.tla"], -1)
		all["States.tla"] = "---- MODULE States ----\nEXTENDS Certificate\nIndInvFrom == " + strings.Join(slices.Compact(types), " /\\ ") + " /\\ IndInv\n====\n"
		all["States.cfg"] = "INIT " + init + "\nNEXT CertifiedNext\nINVARIANT IndInv\nCONSTANT " + strings.Replace(constants[0], "=", " = ", 1) + "\n"
		task := Load(t.Context(), &Job{Root: "States.tla", Config: "States.cfg", Engine: "explicit", Deadlock: &no, Workers: 1}, Env{FS: all})
		switch r := task.Run(t.Context()); r.Status {
		case trace.Verified:
		case trace.Violated:
			return false
		default:
			return false // what cannot be evaluated is no invariant
		}
	}
	return true
}

// TestCertificatesForTheTools: TLC reads a certificate, by SANY, and finds its lemmas
// to be invariants of a small instance.
func TestCertificatesForTheTools(t *testing.T) {
	java := tlatools.Start(t)
	for _, s := range certifiedSpecs {
		files, dir := certified(t, s), t.TempDir()
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, "Certificate.tla")
		cfg := "INIT CertifiedInit\nNEXT CertifiedNext\nINVARIANT IndInv\n"
		for _, m := range lemmaLine.FindAllStringSubmatch(files["Certificate.tla"], -1) {
			cfg += "INVARIANT " + m[1] + "\n"
		}
		for _, m := range regexp.MustCompile(`(?m)^\\\* lemma: (constant|any) (.*)$`).FindAllStringSubmatch(files["Certificate.tla"], -1) {
			switch {
			case m[1] == "constant":
				cfg += "CONSTANT " + m[2] + "\n"
			case m[2] == "Servers":
				cfg += "CONSTANT Servers = {a, b}\n"
			default:
				cfg += "CONSTANT " + m[2] + " = 1\n"
			}
		}
		cfg += regexp.MustCompile(`(?m)^CONSTRAINT.*$`).FindString(files[s.cfg+".cfg"]) + "\n"
		if err := os.WriteFile(filepath.Join(dir, "Certificate.cfg"), []byte(cfg), 0o644); err != nil {
			t.Fatal(err)
		}
		if exit, out := java.Run(t, "tlc2.TLC", "-deadlock", "-metadir", dir, path); exit != 0 {
			t.Errorf("%s: TLC: %d\n%s", s.name, exit, out)
		}
	}
}

// TestCertificateNames: a spec that uses the names of a certificate gets others.
func TestCertificateNames(t *testing.T) {
	files := memory{"M.tla": `---- MODULE M ----
EXTENDS Naturals
VARIABLE x
Init == x = 0
Next == x' = x + 1
IndInv == x \in Nat
Lemma1 == x < 3
Step2 == IndInv
====`}
	j := &Job{Root: "M.tla", Engine: "induct", Init: "Init", Next: "Next", Invariants: []Name{{Text: "IndInv"}}}
	task := Load(t.Context(), j, Env{FS: files})
	text, err := task.Certificate(task.Run(t.Context()), "Certificate.tla")
	if err != nil {
		t.Fatal(err)
	}
	files["Certificate.tla"] = text
	if r := recheck(t, files, ""); r.Status != trace.Verified {
		t.Errorf("%v %s %v\n%s", r.Status, r.Message, r.Err, text)
	}
}

// counting is a spec in which x grows without end, and Small does not last.
const counting = `---- MODULE Counting ----
EXTENDS Integers, Helper
CONSTANT N
ASSUME N \in Nat
VARIABLE x
Step == x' = x + One
LOCAL Small == x < 5
Init == x = 0
Next == Step
Idle == x' = x
Spec == Init /\ [][Next]_x
Bounded == x < 5
====`

// TestForgedCertificates: what is proved of another system is not confirmed of the
// spec, though it has the same words.
func TestForgedCertificates(t *testing.T) {
	says := func(more ...string) string {
		lines := append([]string{"spec Counting.tla", "specification Spec"}, more...)
		return "\\* lemma: " + strings.Join(lines, "\n\\* lemma: ") + "\n"
	}
	shows := "CertifiedInit == Init\nCertifiedNext == Next\n"
	inv := "IndInv == x \\in 0..4\n"
	helper := "---- MODULE Helper ----\nOne == 1\n====\n"
	for name, forged := range map[string]map[string]string{
		"it is honest": {"Certificate.tla": "EXTENDS Counting\n" + says("constant N = 1", "claim x \\in Nat") + shows + "IndInv == x \\in Nat\n"},
		"a module of its own": {"Certificate.tla": "EXTENDS Integers\nCONSTANT N\nASSUME N \\in Nat\nVARIABLE x\nStep == x' = x\nBounded == x < 5\nInit == x = 0\nNext == Step\n" +
			"Spec == Init /\\ [][Next]_x\n" + says("any N", "claim Bounded") + shows + inv},
		"an instance":           {"Certificate.tla": "EXTENDS Integers\nCONSTANT N\nVARIABLES x, y\nINSTANCE Counting WITH N <- 1\n" + says("constant N = 1", "claim Bounded") + shows + inv},
		"an assumption":         {"Certificate.tla": "EXTENDS Counting\nASSUME FALSE\n" + says("constant N = 1", "claim Bounded") + shows + inv},
		"a claim that is LOCAL": {"Certificate.tla": "EXTENDS Counting\nSmall == TRUE\n" + says("constant N = 1", "claim Small") + shows + "IndInv == x \\in Nat\n"},
		"a replaced definition": {"Certificate.tla": "EXTENDS Counting\nStill == x' = x\n" + says("constant N = 1", "constant Step <- Still", "claim Bounded") + shows + inv},
		"another helper": {"Certificate.tla": "EXTENDS Counting\n" + strings.Replace(says("constant N = 1", "claim Bounded"), "Counting.tla", "spec/Counting.tla", 1) + shows + inv,
			"spec/Counting.tla": counting, "spec/Helper.tla": helper, "Helper.tla": "---- MODULE Helper ----\nOne == 0\n====\n"},
		"another spec": {"Certificate.tla": "EXTENDS Other\n" + says("constant N = 1", "claim Bounded") + shows + inv,
			"Other.tla": strings.NewReplacer("Counting", "Other", "x + One", "x").Replace(counting)},
		"an algorithm": {"Certificate.tla": "EXTENDS Integers\nCONSTANT N\n(* --algorithm A\nvariable x = 0;\nbegin\nA: x := 1;\nend algorithm *)\nBounded == x < 5\n" +
			says("constant N = 1", "claim Bounded") + shows + inv},
	} {
		files, dir := map[string]string{"Counting.tla": counting, "Helper.tla": helper}, t.TempDir()
		maps.Copy(files, forged)
		files["Certificate.tla"] = "---- MODULE Certificate ----\n" + forged["Certificate.tla"] + "====\n"
		for file, text := range files {
			path := filepath.Join(dir, file)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
				t.Fatal(err)
			}
		}
		r := LoadCertificate(t.Context(), filepath.Join(dir, "Certificate.tla"), &Job{}, Env{FS: source.Disk}).Run(t.Context())
		if honest := name == "it is honest"; honest != (r.Status == trace.Verified) {
			t.Errorf("%s: %v %s %v", name, r.Status, r.Message, r.Err)
		}
	}
}
