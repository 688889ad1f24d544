package specs

import "testing"

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
