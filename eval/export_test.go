package eval

// ForgetNatives makes m evaluate definitions by their bodies alone.
func (m *Machine) ForgetNatives() { m.natives = nil }

// NativeArities are the natives with the number of their arguments.
func NativeArities() map[string]int {
	arities := map[string]int{}
	for key, n := range allNatives {
		arities[key] = n.Arity
	}
	return arities
}
