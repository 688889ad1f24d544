package child

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// resident is the memory of a process and of all that it started, in bytes; 0
// where the system does not tell.
func (p *process) resident() int64 {
	pids, ok := p.group.processes()
	if !ok {
		pids = descendants(p.cmd.Process.Pid)
	}
	sum := int64(0)
	for _, pid := range pids {
		sum += residentOf(pid)
	}
	return sum
}

// residentOf is the memory of one process in bytes.
func residentOf(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.ParseInt(fields[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// descendants are a process and all that it started, and these started, as far as
// the system tells. Solvers have process groups of their own.
func descendants(pid int) []int {
	out := []int{pid}
	folder, err := os.Open("/proc")
	if err != nil {
		return out
	}
	defer folder.Close()
	names, _ := folder.Readdirnames(-1)
	children := map[int][]int{}
	for _, name := range names {
		if child, err := strconv.Atoi(name); err == nil {
			parent := parentOf(child)
			children[parent] = append(children[parent], child)
		}
	}
	for i := 0; i < len(out); i++ {
		out = append(out, children[out[i]]...)
	}
	return out
}

// parentOf is who started a process; -1 where the system does not tell.
func parentOf(pid int) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	// PID (NAME) STATE PARENT ...; the name may hold anything.
	fields := strings.Fields(string(text[max(0, bytes.LastIndexByte(text, ')')):]))
	if len(fields) < 3 {
		return -1
	}
	parent, err := strconv.Atoi(fields[2])
	if err != nil {
		return -1
	}
	return parent
}
