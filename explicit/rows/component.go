package rows

import "github.com/lemma-mc/lemma/value"

// Specs pass several things at once as a tuple or record in the text, and take
// them apart again: dag == <<vertices, edges>> and dag[1], m == [type |-> "ack",
// from |-> p] and m.type. A component of such a literal is read where it stands,
// without the tuple, when leaving the others out leaves no error out: when they
// are variables, names of loops, or constants.

// project is the component called arg of a literal f; nil when f is none.
func (c *Compiler) project(f *code, arg value.Value) *code {
	if f.parts == nil || arg == nil {
		return nil
	}
	found := -1
	for i, p := range f.parts {
		switch name := value.Value(value.Int(i + 1)); {
		case f.names != nil && value.Compare(value.NewStr(f.names[i]), arg) == 0,
			f.names == nil && value.Compare(name, arg) == 0:
			found = i
		case !p.total():
			return nil
		}
	}
	if found < 0 {
		return nil
	}
	return f.parts[found]
}

// total tells whether k always has a value, and looking at it costs nothing.
func (k *code) total() bool {
	return k.constant != nil || k.at != nil && (k.at.dyn == nil || k.at.src == srcNext)
}

// withParts is k, which computes what from does, with the parts of from where it
// is a literal of which nothing need be computed.
func withParts(k, from *code) *code {
	if k == from || from.parts == nil || k.constant != nil {
		return k
	}
	for _, p := range from.parts {
		if !p.total() {
			return k
		}
	}
	out := *k
	out.parts, out.names = from.parts, from.names
	return &out
}
