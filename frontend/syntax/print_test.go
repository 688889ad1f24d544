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

// stripParens removes every Paren below v, as in a tree made by a program.
func stripParens(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		for !v.IsNil() {
			paren, ok := v.Interface().(*Paren)
			if !ok {
				break
			}
			v.Set(reflect.ValueOf(paren.X))
		}
		stripParens(v.Elem())
	case reflect.Pointer:
		if !v.IsNil() {
			stripParens(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			stripParens(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			stripParens(v.Field(i))
		}
	}
}

func checkAddsParens(t *testing.T, name string, m *Module) {
	t.Helper()
	stripParens(reflect.ValueOf(m))
	want, text := dump(m), Print(m)
	again, errs := parseText(name, text)
	if errs != "" {
		t.Fatalf("%s: the printed module does not parse: %s", name, errs)
	}
	stripParens(reflect.ValueOf(again))
	if got := dump(again); got != want {
		t.Fatalf("%s: the printed module has another tree; first difference: %s", name, firstDifference(want, got))
	}
}

func TestPrintAddsParens(t *testing.T) {
	for path, text := range corpusFiles(t) {
		m, _ := parseText(path, text)
		checkAddsParens(t, path, m)
	}
	for _, text := range []string{
		"(a + b) * c", "a * (b + c)", "a - (b - c)", "(a => b) => c", "a /\\ (b \\/ c)", "(~a) = b", "~(a /\\ b)",
		"(-x) * y", "2 * (-1)", "-(-x)", "(a + b)'", "(f')[x]", "(a \\cup b).c", "(1).a", "(IF a THEN b ELSE c) + d",
		"(\\A x : P) /\\ Q", "Q /\\ (\\A x : P) /\\ R", "(A \\X B) \\X C", "A \\X (B \\X C)", "(A \\X B) \\cup C",
		"{(x \\in S) : x \\in T}", "[A]_(x + y)", "WF_(x')(A)", "WF_(f(x))(A)", "[](ENABLED A)", "(UNCHANGED x) = y",
		"UNCHANGED (x')", "CASE a -> (CASE b -> c [] d -> e) [] f -> g", "CASE a -> (\\A x : CASE b -> c) [] f -> g",
		"(LET x == 1 IN x) + 1", "(lab :: x) + 1", "(CHOOSE x : P)[1]", "a ^ (b ^ c)", "a = (b = c)", "(a \\in b) \\in c",
		"{x \\in (a = b) : c}", "[x \\in (a \\in b) |-> c]", "DOMAIN (DOMAIN f)", "SUBSET (A \\cup B)",
		"(/\\ a\n /\\ b) /\\ c", "(/\\ a\n /\\ b) \\/ c", "((/\\ a\n  /\\ b) => c) => d", "(/\\ a\n /\\ b)'", "(/\\ a)[1] + (/\\ b).c",
		"/\\ (/\\ a\n    /\\ b) /\\ c\n/\\ d", "~(/\\ a\n  /\\ b) /\\ c", "(\\/ a\n \\/ b) \\X C \\X (\\/ d) \\X e", "a + (b')", "(-a)'",
		"(a (+) b) (+) c", "a (+) (b (+) c)", "[]((<>a)')", "(x')'",
	} {
		m, errs := parseText(text, "---- MODULE M ----\nx ==\n  "+text+"\n====")
		if errs != "" {
			t.Errorf("%s: %s", text, errs)
			continue
		}
		checkAddsParens(t, text, m)
	}
}
