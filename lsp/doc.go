// Package lsp answers an editor by the Language Server Protocol 3.17: what is wrong
// in a module, as it is typed; what a name is, where it is defined and where it is
// used; which names there are. It does not format.
//
// A module is read anew after each change, with the texts of the editor in front of
// those on the disk (document.go): reading is fast, and nothing has to be kept true.
// What a module has is found by walking what it was resolved to (names.go); while a
// text has errors, the names of the last one that had none answer.
//
// The protocol is spoken here and not by a library (wire.go): those that there are end
// at the first message that is no JSON, and this server goes on.
package lsp
