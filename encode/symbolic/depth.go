package symbolic

// maxDepth bounds nested calls, functions and conditionals on symbolic
// conditions: a recursion that concrete arguments do not end.
const maxDepth = 256

// Enter goes one call deeper; too deep is unsupported.
func (e *Builder) Enter() {
	if e.Depth++; e.Depth > maxDepth {
		e.Depth = 0
		Unsupported(codeRecursion, e.At, "this recursion does not end for the values known here; the symbolic engine unrolls recursion only as far as constants carry it")
	}
}

// Leave ends what Enter began.
func (e *Builder) Leave() { e.Depth-- }
