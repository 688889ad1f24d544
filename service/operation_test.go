package service_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// certificate makes a certificate of 127.0.0.1 that signs itself: the files of it
// and of its key.
func (s *site) certificate() (cert, key string) {
	s.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		s.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	signed, err := x509.CreateCertificate(rand.Reader, about, about, &private.PublicKey, private)
	if err != nil {
		s.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		s.Fatal(err)
	}
	text := func(kind string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	return s.file("cert.pem", text("CERTIFICATE", signed)), s.file("key.pem", text("PRIVATE KEY", secret))
}

// TestTLS: with a certificate the service speaks TLS, and nothing else; lemma submit
// checks who it talks to.
func TestTLS(t *testing.T) {
	s := newSite(t, "")
	cert, key := s.certificate()
	p := s.start("serve", "serve", "--listen", "127.0.0.1:0", "--data", s.data, "--jobs", "1", "--tls-cert", cert, "--tls-key", key)
	s.until("the server listens", func() bool { return s.listens(p) })
	address := strings.TrimPrefix(s.url, "http://")
	text, _ := os.ReadFile(cert)
	known := x509.NewCertPool()
	known.AppendCertsFromPEM(text)
	c := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: known}}}
	r, err := c.Get("https://" + address + "/readyz")
	if err != nil || r.StatusCode != 200 || r.TLS.Version < tls.VersionTLS12 {
		t.Fatalf("%v %v", r, err)
	}
	r.Body.Close()
	if a, err := s.ask("GET", "/readyz", ""); err == nil && a.StatusCode == 200 {
		t.Error("it answers without TLS, too")
	}
	spec := s.file("Count.tla", "---- MODULE Count ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = 1 - x\n====")
	for trusted, want := range map[string]int{cert: 0, os.DevNull: 153} {
		cmd := exec.Command(lemma, "submit", spec, "--server", "https://"+address)
		cmd.Env = append(os.Environ(), "SSL_CERT_FILE="+trusted, "SSL_CERT_DIR=/nowhere")
		if out, _ := cmd.CombinedOutput(); cmd.ProcessState.ExitCode() != want {
			t.Errorf("submit, trusting %s: exit code %d, want %d\n%s", trusted, cmd.ProcessState.ExitCode(), want, out)
		}
	}
}

// TestRetention: what was finished long enough ago is forgotten, with its parts.
func TestRetention(t *testing.T) {
	databases(t, func(s *site) {
		s.serve("--jobs", "2", "--lease", "300ms", "--keep", "1s")
		a := s.mustAsk("POST", jobs, `{"split": 2, `+questions[2][1:], "Prefer", "wait=60")
		if a.StatusCode != 200 {
			s.Fatalf("%d %s", a.StatusCode, a.text)
		}
		where := a.Header.Get("Location")
		s.until("the job is forgotten", func() bool { return s.mustAsk("GET", where, "").StatusCode == 404 })
		s.until("its parts are", func() bool { return !strings.Contains(s.mustAsk("GET", "/metrics", "").text, "lemma_parts{") })
		if a := s.mustAsk("POST", jobs, lesson, "Prefer", "wait=60"); a.field(s, "status") != "VIOLATION_FOUND" {
			s.Errorf("afterwards: %s", a.text)
		}
	})
}

// TestFullDisk: a service whose disk is full takes no job and says so; when there is
// room again it goes on, and what it had taken is answered.
func TestFullDisk(t *testing.T) {
	s := newSite(t, "")
	disk := func(size, options string) error {
		return syscall.Mount("lemma-test", s.data, "tmpfs", 0, "size="+size+options)
	}
	if err := disk("2m", ",mode=700"); err != nil {
		t.Skip("no file system can be mounted here: ", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(s.data, syscall.MNT_DETACH) })
	p := s.serve("--jobs", "1", "--lease", "1s")
	taken := s.fill()
	if len(taken) == 0 {
		t.Fatal("not one job was taken")
	}
	if a := s.mustAsk("GET", "/healthz", ""); a.StatusCode != 200 {
		t.Errorf("health: %d", a.StatusCode)
	}
	if a := s.mustAsk("GET", taken[0], ""); a.StatusCode != 200 {
		t.Errorf("a job that was taken: %d %s", a.StatusCode, a.text)
	}
	if err := syscall.Mount("lemma-test", s.data, "tmpfs", syscall.MS_REMOUNT, "size=200m"); err != nil {
		t.Fatal(err)
	}
	for _, where := range append(taken[:min(3, len(taken))], taken[len(taken)-1]) {
		s.until("a job has its answer", func() bool { return s.mustAsk("GET", where, "").Header.Get("ETag") != "" })
		if a := s.mustAsk("GET", where, ""); a.field(s, "status") != "VERIFIED" {
			t.Errorf("%s", a.text)
		}
	}
	if err := p.end(); err != nil {
		t.Errorf("shutting down: %v", err)
	}
}

// fill submits jobs until no more are taken, and returns where those are that were.
func (s *site) fill() (taken []string) {
	s.Helper()
	body := `{"modules": {"Count.tla": "---- MODULE Count ----\n\\* ` + strings.Repeat("long ", 8000) + `\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = 1 - x\n===="}, "root_module": "Count"}`
	for range 1000 {
		a := s.mustAsk("POST", jobs, body)
		switch {
		case a.StatusCode == 202:
			taken = append(taken, a.Header.Get("Location"))
		case a.StatusCode == 503 && a.Header.Get("Retry-After") != "" && a.Header.Get("Content-Type") == "application/problem+json":
			return taken
		default:
			s.Fatalf("a full disk: %d %s", a.StatusCode, a.text)
		}
	}
	s.Fatal("the disk was never full")
	return nil
}

// TestWorkerMonitor: a worker tells how it is and what it does, and nothing else.
func TestWorkerMonitor(t *testing.T) {
	s := newSite(t, startPostgres(t).url)
	s.serve("--jobs", "0")
	server := s.url
	p := s.start("worker", "worker", "--jobs", "1", "--listen", "127.0.0.1:0")
	a := s.mustAsk("POST", jobs, counter(5, "x < 9"), "Prefer", "wait=60")
	if a.StatusCode != 200 {
		t.Fatal(a.text)
	}
	s.until("the worker listens", func() bool { return s.listens(p) })
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/metrics": 200, "/api/v1/verify/jobs": 404, "/openapi.json": 404} {
		if a := s.mustAsk("GET", path, ""); a.StatusCode != want {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	s.until("the job is counted", func() bool {
		m := s.mustAsk("GET", "/metrics", "").text
		return strings.Contains(m, `lemma_job_seconds_count{kind="job",status="VERIFIED"} 1`) && strings.Contains(m, "lemma_running 0")
	})
	s.url = server
	if m := s.mustAsk("GET", "/metrics", "").text; strings.Contains(m, "lemma_job_seconds_count{") || !strings.Contains(m, `lemma_jobs{status="VERIFIED"} 1`) {
		t.Errorf("the server counts what the worker did: %s", m)
	}
}

// TestSubmitInterrupted: Ctrl-C cancels the job on the server, and says what became
// of it.
func TestSubmitInterrupted(t *testing.T) {
	s := newSite(t, "")
	s.serve("--jobs", "1")
	spec := s.file("Far.tla", "---- MODULE Far ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n====")
	cmd := exec.Command(lemma, "submit", spec, "--explicit", "--server", s.url)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.until("the job runs", func() bool {
		return strings.Contains(s.mustAsk("GET", "/api/v1/verify/jobs", "").text, "RUNNING")
	})
	_ = cmd.Process.Signal(syscall.SIGINT)
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 152 || !strings.Contains(out.String(), "cancelled") {
		t.Errorf("exit code %d\n%s", code, out.String())
	}
	if a := s.mustAsk("GET", "/api/v1/verify/jobs", ""); !strings.Contains(a.text, "LIMIT_REACHED") {
		t.Errorf("the job: %s", a.text)
	}
}

// TestEndlessBody: a body that does not tell its length is cut off at the limit.
func TestEndlessBody(t *testing.T) {
	s := newSite(t, "")
	s.serve("--jobs", "0", "--max-body", "100000")
	r, err := http.NewRequest("POST", s.url+jobs, io.MultiReader(strings.NewReader(`{"model_name": "`), endlessly{}))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err == nil { // the server need not read to the end
		resp.Body.Close()
		if resp.StatusCode != 413 {
			t.Errorf("%d", resp.StatusCode)
		}
	}
	if a := s.mustAsk("GET", "/readyz", ""); a.StatusCode != 200 {
		t.Errorf("afterwards: %d", a.StatusCode)
	}
}

type endlessly struct{}

func (endlessly) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
