package job

import (
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/source"
)

var update = flag.Bool("update", false, "rewrite the wanted results in testdata")

// parsed reads a job; the second result is it in JSON, and what is wrong with it.
func parsed(name, text string) (*Job, string, *diag.List) {
	files, diags := &source.Set{}, &diag.List{}
	j := Parse(files.Add(name, text), diags)
	again, err := json.Marshal(j)
	if err != nil {
		return j, err.Error(), diags
	}
	out := string(again) + "\n"
	for _, d := range diags.All() {
		out += diag.Render(files, d)
	}
	return j, out, diags
}

// TestRead runs testdata/read.txtar: each "NAME.json" is followed by
// "NAME.want", the job written again and its diagnostics. With -update the wants
// are rewritten.
func TestRead(t *testing.T) {
	const path = "testdata/read.txtar"
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(ar.Files); i += 2 {
		in, want := ar.Files[i], &ar.Files[i+1]
		_, got, _ := parsed(in.Name, string(in.Data))
		if *update {
			want.Data = []byte(got)
		} else if got != string(want.Data) {
			t.Errorf("%s: got\n%s\nwant\n%s", in.Name, got, want.Data)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// everything is a job that says all that JSON can say.
const everything = `{"model_name":"m","modules":{"My.tla":"text","My.cfg":"more"},"root_module":"My","config":"My.cfg",
"engine":"bmc","depth":7,"behaviours":0,"k":3,"any":["N"],"constant_init":"Start","constants":{"S":["a",["b",1]],"R":{"x":"y","z":{}},"B":true,"I":-12345678901234567890,"T":[1,2,3]},
"constant_expressions":["M=1+1","K<-Def"],"invariants":["I","x > 0"],"properties":["P"],"init":"A","next":"B","spec":"C","lemmas":["L"],"hints":["H"],"given_lemmas_only":true,
"deadlock_detection":false,"worker_threads":2,"split":3,"timeout_seconds":1.5,"memory":"50%","solver":"smtlib:z3 -in","cross_check":true,"explain":true,"strict":true,
"symmetry":["S"],"max_errors":4,"minimal":true,"fingerprint":128,"seed":18446744073709551615}`

// TestRoundTrip: a job that is written and read again is the same job; and no
// field of the schema is missing here.
func TestRoundTrip(t *testing.T) {
	j, text, diags := parsed("job.json", everything)
	if err := diags.Err(); err != nil {
		t.Fatal(err)
	}
	for _, s := range j.Settings() {
		if s.JSON != "" && !s.given {
			t.Errorf("the job does not say %s", s.JSON)
		}
	}
	if _, again, diags := parsed("again.json", text); diags.Err() != nil || again != text {
		t.Errorf("read again, %v:\n%s\nwant\n%s", diags.Err(), again, text)
	}
}

// TestOver: what a job says wins over what another says, setting by setting; but
// what there is to check is taken from one of them.
func TestOver(t *testing.T) {
	base, _, _ := parsed("base.json", `{"engine":"explicit","depth":3,"invariants":["I"],"properties":["P"],"worker_threads":2}`)
	above := &Job{}
	for flag, text := range map[string]string{"bmc": "true", "invariant": "J", "no-deadlock": "true"} {
		for _, s := range above.Settings() {
			if s.Flag == flag {
				if err := s.Set(text); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	got, err := json.Marshal(above.Over(base))
	const want = `{"engine":"bmc","depth":3,"invariants":["J"],"deadlock_detection":false,"worker_threads":2}`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v\nwant %s", got, err, want)
	}
}

// FuzzParse: any text gives a job or places where it is wrong; a job that is
// right is read as the same one when it is written again.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{everything, `{"constants": {"S": ["a", ["b"]], "N": 3}, "invariants": ["Inv"], "timeout_seconds": 1.5}`,
		`[]`, `{"symmetry":"auto"}`, `{"depth":0,"k":"x","modules":[1]}`, `{"a`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		files, diags := &source.Set{}, &diag.List{}
		j := Parse(files.Add("job.json", text), diags)
		for _, d := range diags.All() {
			if _, ok := files.Position(d.Span.Start); !ok || d.Message == "" {
				t.Fatalf("diagnostic without place or message: %+v", d)
			}
		}
		if diags.Err() != nil {
			return
		}
		out, err := json.Marshal(j)
		if err != nil {
			t.Fatal(err)
		}
		_, again, more := parsed("again.json", string(out))
		if more.Err() != nil || again != string(out)+"\n" {
			t.Fatalf("read again, %v:\n%s\nwant\n%s", more.Err(), again, out)
		}
	})
}
