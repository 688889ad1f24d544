package docs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
	"unicode"
)

// TestCommentsNameWhatTheyAreAbout: the comment of a function or type that begins
// with a small letter begins with its name, so that renaming one leaves no comment
// about the other.
func TestCommentsNameWhatTheyAreAbout(t *testing.T) {
	files := goFiles(t)
	for _, path := range files {
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			name, doc := named(d)
			first, _, _ := strings.Cut(strings.TrimRight(doc.Text(), "\n"), " ")
			first = strings.TrimRight(first, ".,:;")
			if first != "" && unicode.IsLower(rune(first[0])) && first != name {
				t.Errorf("%s: the comment of %s is about %s", set.Position(d.Pos()), name, first)
			}
		}
	}
	if len(files) < 500 {
		t.Errorf("only %d files were looked at", len(files))
	}
}

// named is the name that a declaration is about, with its comment; nil for those of
// several names, or none.
func named(d ast.Decl) (name string, doc *ast.CommentGroup) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Name.Name, d.Doc
	case *ast.GenDecl:
		if len(d.Specs) == 1 && d.Tok == token.TYPE {
			return d.Specs[0].(*ast.TypeSpec).Name.Name, d.Doc
		}
	}
	return "", nil
}
