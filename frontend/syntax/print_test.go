package syntax

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// dump writes a tree without its places, so that two trees can be compared.
func dump(v any) string {
	var b strings.Builder
	dumpValue(&b, reflect.ValueOf(v), 0)
	return b.String()
}

func dumpValue(b *strings.Builder, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			b.WriteString("nil\n")
			return
		}
		dumpValue(b, v.Elem(), depth)
	case reflect.Slice:
		fmt.Fprintf(b, "%d:\n", v.Len())
		for i := range v.Len() {
			b.WriteString(strings.Repeat(" ", depth%40))
			dumpValue(b, v.Index(i), depth+1)
		}
	case reflect.Struct:
		b.WriteString(v.Type().Name() + "\n")
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if name == "Span" || name == "Slips" {
				continue
			}
			b.WriteString(strings.Repeat(" ", depth%40) + name + " ")
			dumpValue(b, v.Field(i), depth+1)
		}
	default:
		fmt.Fprintf(b, "%v\n", v)
	}
}

// checkRoundTrip checks that the text of a module parses back to its tree, and
// prints to itself.
func checkRoundTrip(t *testing.T, name string, m *Module) {
	t.Helper()
	once := Print(m)
	again, errs := parseText(name, once)
	if errs != "" {
		t.Fatalf("the printed module does not parse: %s\n%s", errs, once)
	}
	if want, got := dump(m), dump(again); want != got {
		t.Fatalf("%s: the printed module has another tree; first difference: %s\n%s", name, firstDifference(want, got), once)
	}
	if twice := Print(again); twice != once {
		t.Fatalf("%s: printing is no fixed point: %s", name, firstDifference(once, twice))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range w {
		if i >= len(g) || w[i] != g[i] {
			from := max(0, i-6)
			return fmt.Sprintf("\n%s\n--- want, got ---\n%s", strings.Join(w[from:min(len(w), i+3)], "\n"), strings.Join(g[from:min(len(g), i+3)], "\n"))
		}
	}
	return "none"
}

func TestCorpusRoundTrip(t *testing.T) {
	for path, text := range corpusFiles(t) {
		m, _ := parseText(path, text)
		checkRoundTrip(t, path, m)
	}
}
