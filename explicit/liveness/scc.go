package liveness

import "context"

// components returns the strongly connected components of p, leaving out
// single nodes without a step to themselves. It is Tarjan's algorithm with an
// explicit stack: graphs have millions of nodes and paths as long.
func (x *product) components(ctx context.Context, p part, component []uint32) ([][]uint32, error) {
	t := &tarjan{
		x: x, banned: p.banned, component: component,
		low: make([]uint32, len(x.state)), onStack: make([]bool, len(x.state)),
	}
	for i, v := range p.nodes {
		if i&0xfff == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if t.low[v] == 0 {
			t.walk(v)
		}
	}
	return t.found, nil
}

// tarjan holds the algorithm's state. low[v] is zero for nodes not yet seen.
type tarjan struct {
	x         *product
	banned    []Atom
	component []uint32

	time    uint32
	low     []uint32
	onStack []bool
	stack   []uint32
	calls   []call
	found   [][]uint32
}

// A call is one suspended visit: a node, when it was seen, and the successors
// still to be looked at.
type call struct {
	v    uint32
	seen uint32
	todo []uint32
	self bool // v has a step to itself
}

func (t *tarjan) walk(root uint32) {
	t.enter(root)
	for len(t.calls) > 0 {
		c := &t.calls[len(t.calls)-1]
		if len(c.todo) == 0 {
			t.leave()
			continue
		}
		w := c.todo[len(c.todo)-1]
		c.todo = c.todo[:len(c.todo)-1]
		switch {
		case t.low[w] == 0:
			t.enter(w)
		case t.onStack[w]:
			t.low[c.v] = min(t.low[c.v], t.low[w])
		}
	}
}

func (t *tarjan) enter(v uint32) {
	t.time++
	t.low[v] = t.time
	t.onStack[v] = true
	t.stack = append(t.stack, v)
	c := call{v: v, seen: t.time}
	t.x.within(v, t.component, t.banned, func(_ uint64, w uint32, _ uint64) {
		if w == v {
			c.self = true
		} else {
			c.todo = append(c.todo, w)
		}
	})
	t.calls = append(t.calls, c)
}

func (t *tarjan) leave() {
	c := t.calls[len(t.calls)-1]
	t.calls = t.calls[:len(t.calls)-1]
	if len(t.calls) > 0 {
		parent := t.calls[len(t.calls)-1].v
		t.low[parent] = min(t.low[parent], t.low[c.v])
	}
	if t.low[c.v] != c.seen {
		return
	}
	var nodes []uint32
	for {
		w := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[w] = false
		nodes = append(nodes, w)
		if w == c.v {
			break
		}
	}
	if len(nodes) > 1 || c.self {
		t.found = append(t.found, nodes)
	}
}
