//go:build !linux

package child

import "os/exec"

// There are no control groups.
type cgroup struct{}

func newCgroup(int64) *cgroup            { return nil }
func (*cgroup) contain(*exec.Cmd)        {}
func (*cgroup) processes() ([]int, bool) { return nil, false }
func (*cgroup) outOfMemory() bool        { return false }
func (*cgroup) kill()                    {}
func (*cgroup) close()                   {}
