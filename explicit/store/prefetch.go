//go:build amd64 || arm64

package store

// prefetch begins to bring what lies at p into the processor's memory. Go has no other
// way to say so: a load whose result is not used holds up what comes after it.
//
//go:noescape
func prefetch(p *uint64)
