//go:build unix

package child

import (
	"os/exec"
	"syscall"
)

// ownGroup gives the command, and what it starts, a process group.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killGroup ends the command and what it started.
func killGroup(cmd *exec.Cmd) error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }

// endGroup ends the calling process and what it started, where that is its group.
func endGroup() {
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
