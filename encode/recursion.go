package encode

// maxDepth bounds nested calls, functions and conditionals on symbolic
// conditions: a recursion that concrete arguments do not end.
const maxDepth = 256

func (e *Builder) enter() {
	if e.depth++; e.depth > maxDepth {
		e.depth = 0
		unsupported(codeRecursion, e.at, "this recursion does not end for the values known here; the symbolic engine unrolls recursion only as far as constants carry it")
	}
}

func (e *Builder) leave() { e.depth-- }
