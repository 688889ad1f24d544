package specs

import (
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

func TestEverySpecIsReadableAndSaysWhatItIs(t *testing.T) {
	if len(Names()) == 0 {
		t.Fatal("no bundled specs")
	}
	for _, name := range Names() {
		text, ok := Read(name)
		if !ok {
			t.Errorf("%s: no %s.tla in its folder", name, name)
			continue
		}
		if Summary(text) == "" {
			t.Errorf("%s: no opening comment", name)
		}
	}
}

// TestProtocols looks for a mutant beside each protocol, and for wants of it
// that say by which property it is found out.
func TestProtocols(t *testing.T) {
	for _, folder := range folders("protocols") {
		file := folder + "/" + path.Base(folder) + "Broken.tla"
		text, err := FS.ReadFile(file)
		if err != nil {
			t.Errorf("no mutant: %v", err)
			continue
		}
		if !strings.Contains(string(text), "\\* want --explicit: violated ") {
			t.Errorf("%s: nothing says that explicit search finds the mistake", file)
		}
	}
}

// TestNoMutantIsProved asks for a proof of what is not so.
func TestNoMutantIsProved(t *testing.T) {
	if !*long {
		t.Skip("takes minutes: -long or LEMMA_LONG=1")
	}
	for _, folder := range folders("protocols") {
		mutant := path.Base(folder) + "Broken.tla"
		t.Run(mutant, func(t *testing.T) {
			r := lemma(t, folder, "check", mutant, "--induct", "--timeout", "20s")
			if r.result.Status == "VERIFIED" || r.exit == 0 {
				t.Errorf("proved: %s", r.result.summary())
			}
		})
	}
}

// TestLessonListing holds the listing of the lesson, as it was printed, to the
// results of LeaderElection, which says the same in our words.
func TestLessonListing(t *testing.T) {
	lesson, err := filepath.Abs("../../shared/lesson/LeaderElection.tla")
	if err == nil {
		_, err = os.Stat(lesson)
	}
	if err != nil {
		t.Skipf("the lesson is not here: %v", err)
	}
	text, _ := Read("LeaderElection")
	wants, err := readWants(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range wants {
		// The configs are ours for both, by explicit name.
		flags := append([]string{"-c", "LeaderElection.cfg"}, w.flags...)
		r := lemma(t, "LeaderElection", append([]string{"check", lesson}, flags...)...)
		for _, o := range w.outcomes {
			if err := o.check(r); err != nil {
				t.Errorf("%v: want %s: %v\n%s", w.flags, o.text, err, r.result.summary())
			}
		}
	}
}
