//go:build unix

package child

import (
	"os/exec"
	"syscall"
)

// ownGroup gives the command, and what it starts, a process group.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killAll ends processes, and the process group of the first.
func killAll(pids []int) error {
	for _, pid := range pids[1:] {
		_ = syscall.Kill(pid, syscall.SIGKILL) // it may have ended
	}
	return syscall.Kill(-pids[0], syscall.SIGKILL)
}

// endGroup ends the calling process and what it started, where that is its group.
func endGroup() {
	for _, pid := range descendants(syscall.Getpid())[1:] {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	if syscall.Getpgrp() == syscall.Getpid() {
		_ = syscall.Kill(0, syscall.SIGKILL)
	}
	syscall.Exit(1)
}

// capMemory has the system refuse memory far past the limit, should the watches
// be too slow: to this process and to those that it starts.
func capMemory(limit int64) {
	if limit > 0 {
		most := uint64(limit)*2 + 1<<30
		_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: most, Max: most})
	}
}
