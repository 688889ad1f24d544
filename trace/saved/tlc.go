package saved

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/lemma-mc/lemma/value"
)

// What a state begins with, in TLC's text: "State 2: <Put line 7, ...>", or, with
// -tool, "2: <Put line 7, ...>". The last may be "3: Stuttering" or "Back to state 2".
var (
	stateHead = regexp.MustCompile(`^(?:State )?([0-9]+): ?(<.*|Stuttering.*)$`)
	backHead  = regexp.MustCompile(`^(?:Back to state|([0-9]+): Back to state):? ?([0-9]+)?`)
	place     = regexp.MustCompile(` line [0-9]+, col [0-9]+ to .*$`)
)

// readTLC reads the first behaviour in what TLC printed.
func readTLC(text string) (*Trace, error) {
	t := &Trace{}
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], "\r")
		if m := backHead.FindStringSubmatch(line); m != nil && len(t.States) > 0 {
			n, err := strconv.Atoi(m[1] + m[2])
			if err != nil || n < 1 || n > len(t.States) {
				return nil, fmt.Errorf("line %d: %q leads to no state", i+1, line)
			}
			t.LoopStart = n
			return t, nil
		}
		m := stateHead.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		switch n, _ := strconv.Atoi(m[1]); {
		case n <= len(t.States):
			return t, nil // another behaviour
		case n > len(t.States)+1:
			return nil, fmt.Errorf("line %d: state %d follows on state %d", i+1, n, len(t.States))
		}
		if strings.HasPrefix(m[2], "Stuttering") {
			t.Stuttering = true
			return t, nil
		}
		state, last, err := readState(lines, i)
		if err != nil {
			return nil, err
		}
		state.Action = actionName(m[2])
		t.States, i = append(t.States, state), last
	}
	if len(t.States) == 0 {
		return nil, errors.New("no trace of a known form: neither JSON nor text of TLC with \"State 1: ...\"")
	}
	return t, nil
}

// actionName is what stands in <...>, without the place.
func actionName(head string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(head, "<"), ">")
	if name = place.ReplaceAllString(name, ""); name == "Initial predicate" {
		return "InitialState"
	}
	return name
}

// readState reads the conjuncts below line i, up to the line that is returned.
func readState(lines []string, i int) (State, int, error) {
	s := State{Values: map[string]value.Value{}}
	begin := i + 1
	end := begin
	for end < len(lines) && strings.TrimSpace(lines[end]) != "" && !strings.HasPrefix(lines[end], "@!@!@") {
		end++
	}
	p := &parser{text: strings.Join(lines[begin:end], "\n")}
	for p.space(); p.rest() != ""; p.space() {
		p.accept(`/\`)
		name := p.word()
		if name == "" || !p.accept("=") {
			return s, end, fmt.Errorf("line %d: not VARIABLE = VALUE: %q", begin+strings.Count(p.text[:p.at], "\n")+1, p.brief())
		}
		v, err := p.value()
		if err != nil {
			return s, end, fmt.Errorf("line %d: the value of %s: %w", begin+strings.Count(p.text[:p.at], "\n")+1, name, err)
		}
		s.Values[name] = v
	}
	return s, end, nil
}
