package child

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestCgroupFolder(t *testing.T) {
	const mounts = "22 27 0:21 / /proc rw - proc proc rw\n" +
		"31 24 0:27 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755\n" +
		"32 31 0:28 / /sys/fs/cgroup/unified rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n"
	const container = "50 40 0:30 /pod/abc /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n"
	for _, c := range []struct{ mounts, own, want string }{
		{mounts, "1:name=systemd:/a\n0::/system.slice/lemma.service\n", "/sys/fs/cgroup/unified/system.slice/lemma.service"},
		{mounts, "0::/\n", "/sys/fs/cgroup/unified"},
		{mounts, "4:memory:/a\n", ""},
		{"", "0::/\n", ""},
		{container, "0::/pod/abc/leaf\n", "/sys/fs/cgroup/leaf"},
		{container, "0::/elsewhere\n", ""},
	} {
		if got := cgroupFolder(c.mounts, c.own); got != c.want {
			t.Errorf("%q: %q, want %q", c.own, got, c.want)
		}
	}
}

// contained is a program that has started another one in a session of its own.
func contained(t *testing.T, group bool) *process {
	p := &process{cmd: exec.Command("setsid", "--fork", "--wait", "tail", "/dev/zero")}
	ownGroup(p.cmd)
	if group {
		if p.group = newCgroup(0); p.group == nil {
			t.Skip("this process may make no control groups")
		}
		t.Cleanup(p.group.close)
		p.group.contain(p.cmd)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.kill() })
	return p
}

// TestResident: the memory of what a child starts is the child's, and it ends with
// it.
func TestResident(t *testing.T) {
	for _, group := range []bool{true, false} {
		t.Run(map[bool]string{true: "control group", false: "process group"}[group], func(t *testing.T) {
			p := contained(t, group)
			for begin := time.Now(); p.resident() < 50<<20; time.Sleep(time.Millisecond) {
				if time.Since(begin) > time.Minute {
					t.Fatalf("%d bytes are seen of a process that takes all that it gets", p.resident())
				}
			}
			all := descendants(p.cmd.Process.Pid)
			if len(all) < 2 {
				t.Errorf("processes %v", all)
			}
			if err := p.kill(); err != nil {
				t.Fatal(err)
			}
			_ = p.cmd.Wait()
			for _, pid := range all {
				for begin := time.Now(); residentOf(pid) > 0; pause() {
					if time.Since(begin) > time.Minute {
						t.Fatalf("%d is left of %v", pid, all)
					}
				}
			}
			if p.group != nil {
				p.group.close()
				if _, err := os.Stat(p.group.folder); !os.IsNotExist(err) {
					t.Errorf("the group is left: %v", err)
				}
			}
		})
	}
}

// TestOutOfMemory reads what the system says of a group.
func TestOutOfMemory(t *testing.T) {
	g := &cgroup{folder: t.TempDir()}
	for text, want := range map[string]bool{"": false, "low 0\noom 1\noom_kill 0\n": false, "oom 1\noom_kill 2\noom_group_kill 1\n": true} {
		if err := os.WriteFile(g.folder+"/memory.events", []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := g.outOfMemory(); got != want {
			t.Errorf("%s: %v", strings.TrimSpace(text), got)
		}
	}
}
