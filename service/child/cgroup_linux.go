package child

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// A cgroup is a control group (cgroup v2) of one child and all that it starts: what
// they hold together can be told, and limited where the memory controller is ours to
// give, and none of them gets away when the group is killed. Where this process may
// make no control groups there is the process group alone.
type cgroup struct {
	folder string
	fd     *os.File
}

// newCgroup makes a control group with a memory limit; nil where that cannot be.
func newCgroup(limit int64) *cgroup {
	parent := cgroupParent()
	if parent == "" {
		return nil
	}
	g := &cgroup{folder: filepath.Join(parent, fmt.Sprintf("%s%d-%d", cgroupPrefix, os.Getpid(), cgroupNumber.Add(1)))}
	if os.Mkdir(g.folder, 0o755) != nil {
		return nil
	}
	var err error
	if g.fd, err = os.Open(g.folder); err != nil {
		g.close()
		return nil
	}
	if limit > 0 { // each of these files may be missing, with its controller
		_ = g.set("memory.max", strconv.FormatInt(limit, 10))
		_ = g.set("memory.swap.max", "0")
		_ = g.set("memory.oom.group", "1")
	}
	return g
}

const cgroupPrefix = "lemma-job-"

var cgroupNumber atomic.Int64

// cgroupParent is the folder in which this process may make control groups; "" for
// none. Groups that processes which are gone have left behind are removed.
var cgroupParent = sync.OnceValue(func() string {
	mounts, _ := os.ReadFile("/proc/self/mountinfo")
	own, _ := os.ReadFile("/proc/self/cgroup")
	parent := cgroupFolder(string(mounts), string(own))
	if parent == "" {
		return ""
	}
	try := filepath.Join(parent, fmt.Sprintf("%s%d", cgroupPrefix, os.Getpid()))
	if os.Mkdir(try, 0o755) != nil {
		return ""
	}
	_ = os.Remove(try)
	left, _ := filepath.Glob(filepath.Join(parent, cgroupPrefix+"*"))
	for _, folder := range left {
		_ = syscall.Rmdir(folder) // fails for one that is in use
	}
	// With processes in the parent itself this fails, and memory is only watched.
	_ = os.WriteFile(filepath.Join(parent, "cgroup.subtree_control"), []byte("+memory"), 0)
	return parent
})

// cgroupFolder is the folder of this process's control group, by what the system
// says of its mounts and of the process.
func cgroupFolder(mounts, own string) string {
	path := ""
	for line := range strings.Lines(own) {
		if p, ok := strings.CutPrefix(strings.TrimSpace(line), "0::"); ok {
			path = p
		}
	}
	for line := range strings.Lines(mounts) {
		before, after, _ := strings.Cut(line, " - ")
		fields := strings.Fields(before)
		if path == "" || len(fields) < 5 || !strings.HasPrefix(after, "cgroup2 ") {
			continue
		}
		inside, ok := strings.CutPrefix(path, strings.TrimSuffix(fields[3], "/"))
		if ok {
			return filepath.Join(fields[4], inside)
		}
	}
	return ""
}

func (g *cgroup) set(file, value string) error {
	return os.WriteFile(filepath.Join(g.folder, file), []byte(value), 0)
}

// contain has the command start in the group.
func (g *cgroup) contain(cmd *exec.Cmd) {
	if g != nil {
		cmd.SysProcAttr.UseCgroupFD, cmd.SysProcAttr.CgroupFD = true, int(g.fd.Fd())
	}
}

// processes are those of the group; ok is false where there is none.
func (g *cgroup) processes() (pids []int, ok bool) {
	if g == nil {
		return nil, false
	}
	text, err := os.ReadFile(filepath.Join(g.folder, "cgroup.procs"))
	for field := range strings.FieldsSeq(string(text)) {
		if pid, err := strconv.Atoi(field); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids, err == nil
}

// outOfMemory tells whether the system killed one of the group for its memory.
func (g *cgroup) outOfMemory() bool {
	if g == nil {
		return false
	}
	text, _ := os.ReadFile(filepath.Join(g.folder, "memory.events"))
	for line := range strings.Lines(string(text)) {
		if n, ok := strings.CutPrefix(strings.TrimSpace(line), "oom_kill "); ok {
			return n != "0"
		}
	}
	return false
}

// kill ends all processes of the group.
func (g *cgroup) kill() {
	if g != nil {
		_ = g.set("cgroup.kill", "1")
	}
}

// close removes the group, whose processes have ended or been killed.
func (g *cgroup) close() {
	if g == nil {
		return
	}
	if g.fd != nil {
		g.fd.Close()
	}
	for range 100 { // those that were killed take a moment
		if syscall.Rmdir(g.folder) != syscall.EBUSY {
			return
		}
		pause()
	}
}
