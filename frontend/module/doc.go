// Package module turns the syntax trees of a specification into ir: it finds
// modules, resolves names, expands instances, and checks arities and levels.
//
// # The idea
//
// An instance is elaborated, not substituted into: INSTANCE M WITH x <- e
// reads M's tree again in an instance context where x means e. So one function, from a
// tree and an instance context to a scope, serves the root module, EXTENDS and INSTANCE
// alike, and no pass rewrites ir.
//
// An instance context says what the declared parameters of its modules are. In the root's
// instance context they are the constants and variables of the system. In an instance's
// instance context each is a substitute: a piece of syntax with the scope it was written
// in, lowered afresh wherever the parameter is used. All modules that one
// module EXTENDS live in its instance context and are elaborated there once, which makes
// a definition that comes along two EXTENDS paths the same definition.
// Modules without parameters are elaborated once altogether.
//
// # Phases
//
//	load      text -> trees, with all modules they name     loader.go, std.go, pcal.go
//	declare   tree  -> scope: one symbol a name              declare.go, instance.go
//	lower     body  -> ir, in the scope at its place         lower.go, expr.go, bind.go, names.go, subexpr.go
//	levels    levels of all definitions, and their rules     level.go
//
// All of the root is declared before any body is lowered, so that what a
// config substitutes (Overrides) is known whenever a name is resolved. A
// symbol has a number in its scope and is visible only from places with a
// higher one: definition before use.
//
// Every module is analysed once by itself, as SANY does, and reports its errors
// there; copies for instances are lowered silently, and only as far as they
// are used.
//
// # Parameterised instances
//
// I(p) == INSTANCE M gives each definition of M the parameter p in front. In
// the instance context of I, p is an instParam; each definition has a Name of its own for
// it, and the frame of the definition being lowered says which.
package module
