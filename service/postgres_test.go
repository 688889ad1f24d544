package service_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// A postgres is a server of a test's own.
type postgres struct {
	t      testing.TB
	bin    string
	folder string
	port   int
	as     *syscall.Credential // the server refuses to run as root
	url    string
}

// startPostgres starts a server in an empty folder, or skips the test where the
// program is missing.
func startPostgres(t testing.TB) *postgres {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if len(found) == 0 {
		t.Skip("PostgreSQL is not installed (Debian's package postgresql)")
	}
	folder, err := os.MkdirTemp("", "lemma-postgres-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	p := &postgres{t: t, bin: filepath.Dir(found[len(found)-1]), folder: folder, port: freePort(t)}
	p.unprivileged()
	p.run("initdb", "-D", p.data(), "-A", "trust", "-U", "lemma", "--no-sync")
	p.start()
	t.Cleanup(p.stop)
	p.url = fmt.Sprintf("postgres://lemma@127.0.0.1:%d/postgres", p.port)
	return p
}

func (p *postgres) data() string { return filepath.Join(p.folder, "data") }

func (p *postgres) start() {
	options := fmt.Sprintf("-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off", p.port, p.folder)
	p.run("pg_ctl", "-D", p.data(), "-o", options, "-l", filepath.Join(p.folder, "log"), "-w", "start")
}

func (p *postgres) stop() { p.run("pg_ctl", "-D", p.data(), "-m", "immediate", "-w", "stop") }

func (p *postgres) run(program string, args ...string) {
	p.t.Helper()
	cmd := exec.Command(filepath.Join(p.bin, program), args...)
	cmd.Dir = p.folder
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.as}
	if out, err := cmd.CombinedOutput(); err != nil {
		p.t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

// unprivileged has the server run as the user postgres where the test is root's.
func (p *postgres) unprivileged() {
	if os.Getuid() != 0 {
		return
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		p.t.Skip("there is no user postgres to run PostgreSQL as")
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	p.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	if err := os.Chown(p.folder, uid, gid); err != nil {
		p.t.Fatal(err)
	}
}

func freePort(t testing.TB) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
