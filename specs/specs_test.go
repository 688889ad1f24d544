package specs

import (
	"os"
	"path/filepath"
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
