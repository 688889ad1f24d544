package syntax

import (
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// The grammar of modules. It is a participle grammar whose leaves, the hooks,
// are parsed by parser. Each production lowers itself to a node of the tree.

// A headerGrammar is what opens a module.
type headerGrammar struct {
	Name    identGrammar   `parser:"DashLine 'MODULE' @@ DashLine"`
	Extends []identGrammar `parser:"( 'EXTENDS' @@ ( ',' @@ )* )?"`
}

// A unitGrammar is one of the units of a module but for nested modules.
type unitGrammar struct {
	Tokens     []lexer.Token
	Definition *definitionGrammar `parser:"@@"`
	Separator  string             `parser:"| @DashLine"`
	Constants  *constantsGrammar  `parser:"| @@"`
	Variables  *variablesGrammar  `parser:"| @@"`
	Recursive  *recursiveGrammar  `parser:"| @@"`
	Assume     *assumeGrammar     `parser:"| @@"`
	Theorem    *theoremGrammar    `parser:"| @@"`
	UseHide    *useHideGrammar    `parser:"| @@"`
}

type identGrammar struct {
	Token lexer.Token `parser:"@Ident"`
}

type definitionGrammar struct {
	Local    bool            `parser:"@'LOCAL'?"`
	Instance *instanceHook   `parser:"( @@"`
	Unit     *definitionHook `parser:"| @@ )"`
}

type constantsGrammar struct {
	Decls []*declHook `parser:"( 'CONSTANT' | 'CONSTANTS' ) @@ ( ',' @@ )*"`
}

type variablesGrammar struct {
	Names []identGrammar `parser:"( 'VARIABLE' | 'VARIABLES' ) @@ ( ',' @@ )*"`
}

type recursiveGrammar struct {
	Decls []*declHook `parser:"'RECURSIVE' @@ ( ',' @@ )*"`
}

type assumeGrammar struct {
	Kw   string        `parser:"@( 'ASSUME' | 'ASSUMPTION' | 'AXIOM' )"`
	Name *identGrammar `parser:"( (?= Ident Def ) @@ Def )?"`
	Body *ExprHook     `parser:"@@"`
}

type theoremGrammar struct {
	Kw    string         `parser:"@( 'THEOREM' | 'LEMMA' | 'PROPOSITION' | 'COROLLARY' )"`
	Name  *identGrammar  `parser:"( (?= Ident Def ) @@ Def )?"`
	Body  *statementHook `parser:"@@"`
	Proof *proofHook     `parser:"@@"`
}

type useHideGrammar struct {
	Kw    string     `parser:"@( 'USE' | 'HIDE' )"`
	Facts *factsHook `parser:"@@"`
}

// The parsers are built when first used: building reads the grammar's types.
var (
	headerParser = sync.OnceValue(build[headerGrammar])
	unitParser   = sync.OnceValue(build[unitGrammar])
)

func build[G any]() *participle.Parser[G] {
	// No production needs more than its first token to be told, so that an error
	// after it is final.
	return participle.MustBuild[G](participle.Lexer(Definition{}), participle.UseLookahead(0))
}

// lower makes the tree's node of a unit.
func (g *unitGrammar) lower() Unit {
	span := SpanOf(g.Tokens[0]).To(SpanOf(g.Tokens[len(g.Tokens)-1]))
	switch {
	case g.Definition != nil:
		return g.Definition.lower()
	case g.Constants != nil:
		return &Constants{Span: span, Decls: lowerDecls(g.Constants.Decls)}
	case g.Variables != nil:
		return &Variables{Span: span, Names: lowerIdents(g.Variables.Names)}
	case g.Recursive != nil:
		return &Recursive{Span: span, Decls: lowerDecls(g.Recursive.Decls)}
	case g.Assume != nil:
		a := g.Assume
		return &Assume{Span: span, Name: a.Name.lower(), Body: a.Body.Expr, Axiom: a.Kw == "AXIOM"}
	case g.Theorem != nil:
		t := g.Theorem
		return &Theorem{Span: span, Kw: t.Kw, Name: t.Name.lower(), Body: t.Body.expr, Proof: t.Proof.proof}
	case g.UseHide != nil:
		return &UseHide{Span: span, Kw: g.UseHide.Kw, Proof: g.UseHide.Facts.facts}
	}
	return &Separator{Span: span}
}

func (g *identGrammar) lower() *Ident {
	if g == nil {
		return nil
	}
	return identOf(g.Token)
}

func lowerIdents(gs []identGrammar) []*Ident {
	var names []*Ident
	for _, g := range gs {
		names = append(names, identOf(g.Token))
	}
	return names
}

func lowerDecls(hooks []*declHook) []*ParamDecl {
	var decls []*ParamDecl
	for _, h := range hooks {
		decls = append(decls, h.decl)
	}
	return decls
}

func (g *definitionGrammar) lower() Unit {
	if g.Instance != nil {
		g.Instance.instance.Local = g.Local
		return g.Instance.instance
	}
	return makeLocal(g.Unit.unit, g.Local)
}
