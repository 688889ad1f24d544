package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/service/api"
	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/database"
	"github.com/lemma-mc/lemma/service/lease"
	"github.com/lemma-mc/lemma/service/session"
	"github.com/lemma-mc/lemma/service/worker"
)

// A station is a process of the service: a server, a worker, or both.
type station struct {
	app      *app
	database string // URL; "" for SQLite in data
	data     string // folder
	jobs     int    // side by side
	memory   job.Job
	limits   child.Limits
	lease    time.Duration
	leaseLog string
	keep     time.Duration
	verbose  bool
	log      *slog.Logger
	metrics  *api.Metrics
}

// workerFlags are those of whoever runs jobs.
func (s *station) workerFlags(f *pflag.FlagSet) {
	f.StringVar(&s.database, "database", "", "the `URL` of a PostgreSQL database, postgres://...")
	f.IntVar(&s.jobs, "jobs", runtime.NumCPU(), "how `many` jobs run side by side; 0 for none")
	f.Var(job.Duration(&s.limits.Time), "max-timeout", "the longest `time` of a job (default 1h)")
	f.Var(settingFlag(&s.memory, "memory"), "max-memory", "the largest `SIZE` of a job (default 70% of the machine, divided by --jobs)")
	f.IntVar(&s.limits.Workers, "max-threads", 4*runtime.NumCPU(), "the most worker `threads` of a job")
	f.IntVar(&s.limits.Split, "split", 0, "divide jobs that do not say into up to so `many` parts")
	f.StringArrayVar(&s.limits.Solvers, "allow-solver", nil, "a `CMD` that a job may name as its solver smtlib:CMD; repeatable")
	f.DurationVar(&s.lease, "lease", 10*time.Second, "after this `time` without a word from it the jobs of a worker go to another")
	f.StringVar(&s.leaseLog, "lease-log", "", "append the transitions of leases to `FILE`, a line of JSON each")
	f.DurationVar(&s.keep, "keep", 30*24*time.Hour, "how long results are kept, as a `time`; 0 for ever")
	f.BoolVar(&s.verbose, "verbose", false, "log each request, too")
}

func settingFlag(j *job.Job, key string) *job.Setting { return setting(j.Settings(), key) }

// open connects to the database and prepares to run jobs.
func (s *station) open(ctx context.Context) (*worker.Worker, func(), error) {
	if s.jobs < 0 || s.lease < 100*time.Millisecond {
		return nil, nil, usage("--jobs is from 0 on, and --lease at least 100ms")
	}
	s.logging()
	s.limits.Time = orDefault(s.limits.Time, time.Hour)
	s.limits.Memory = s.memory.MemoryLimit()
	if s.memory.Memory == "" && s.jobs > 0 {
		s.limits.Memory /= int64(s.jobs)
	}
	program, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	db, err := database.Open(ctx, s.database, s.data)
	if err != nil {
		return nil, nil, err
	}
	transitions, err := s.transitions()
	if err != nil {
		db.Close()
		return nil, nil, err
	}
	w, err := worker.Open(ctx, db, lease.New(db, nodeName(), s.lease, lease.NewLog(transitions)), worker.Config{
		Slots: s.jobs, Keep: s.keep, Log: s.log, Tell: s.metrics,
		Runner: child.Runner{Program: program, Version: version(), Limits: s.limits},
	})
	closeAll := func() { db.Close(); transitions.Close() }
	if err != nil {
		closeAll()
		return nil, nil, err
	}
	return w, closeAll, nil
}

func (s *station) logging() {
	level := slog.LevelInfo
	if s.verbose {
		level = slog.LevelDebug
	}
	s.log = slog.New(slog.NewJSONHandler(s.app.err, &slog.HandlerOptions{Level: level}))
	s.metrics = api.NewMetrics()
}

func (s *station) transitions() (io.WriteCloser, error) {
	path := s.leaseLog
	if path == "" && s.data != "" {
		path = filepath.Join(s.data, "leases.ndjson")
	}
	if path == "" {
		return nothing{}, nil
	}
	if s.data != "" {
		if err := os.MkdirAll(s.data, 0o700); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}

type nothing struct{}

func (nothing) Write(p []byte) (int, error) { return len(p), nil }
func (nothing) Close() error                { return nil }

// nodeName is a name that no other process has.
func nodeName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return fmt.Sprintf("%s-%d-%s", host, os.Getpid(), rand.Text()[:8])
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d == 0 {
		return otherwise
	}
	return d
}

// farewell is how long a process that ends waits for what it has begun.
const farewell = 20 * time.Second

// work runs jobs until ctx ends, and gives back those that are running then.
func (s *station) work(ctx context.Context, w *worker.Worker, until func() error) error {
	if err := w.Start(); err != nil {
		return err
	}
	err := until()
	s.log.Info("shutting down")
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	return errors.Join(err, w.Stop(ending))
}

func (a *app) workerCommand() *cobra.Command {
	s := &station{app: a}
	listen := ""
	cmd := &cobra.Command{
		Use:   "worker --database URL",
		Short: "Run jobs of a server on another machine",
		Args:  cobra.NoArgs,
		RunE: a.does(func(cmd *cobra.Command, _ []string) error {
			if s.database == "" {
				return usage("--database is needed: the PostgreSQL database of the server, postgres://...")
			}
			ctx := cmd.Context()
			w, end, err := s.open(ctx)
			if err != nil {
				return err
			}
			defer end()
			until := func() error { <-ctx.Done(); return nil }
			if listen != "" {
				l, err := net.Listen("tcp", listen)
				if err != nil {
					return err
				}
				h := api.Monitor(ctx, w.Queue(), s.metrics, api.Config{Version: version(), Log: s.log})
				until = func() error { return answer(ctx, s.httpServer(h), l, "", "") }
				listen = l.Addr().String()
			}
			s.log.Info("working", "jobs", s.jobs, "listen", listen)
			return s.work(ctx, w, until)
		}),
	}
	s.workerFlags(cmd.Flags())
	cmd.Flags().StringVar(&listen, "listen", "", "the `ADDR` for /metrics, /healthz and /readyz (default none)")
	return cmd
}

// httpServer is a server with the limits that keep a client from holding it up.
func (s *station) httpServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn)}
}

// A server is a station that answers requests.
type server struct {
	station
	listen    string
	tokenFile string
	cert, key string
	mostOpen  int
	maxBody   int64
	sessions  int
}

func (a *app) serveCommand() *cobra.Command {
	s := &server{station: station{app: a}}
	cmd := &cobra.Command{
		Use:   "serve --data DIR",
		Short: "Check specs that come in by HTTP",
		Args:  cobra.NoArgs,
		RunE:  a.does(func(cmd *cobra.Command, _ []string) error { return s.serve(cmd.Context()) }),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "the `ADDR` to listen on")
	f.StringVar(&s.data, "data", "", "the `DIR` for the database and the log of leases; made when it is not there")
	s.workerFlags(f)
	f.StringVar(&s.tokenFile, "tokens", "", "a `FILE` of API tokens, a line NAME TOKEN each; needed unless --listen is a loopback address")
	f.StringVar(&s.cert, "tls-cert", "", "a `FILE` with the certificate chain; with --tls-key the service speaks TLS")
	f.StringVar(&s.key, "tls-key", "", "a `FILE` with the certificate's key")
	f.IntVar(&s.mostOpen, "max-open", 5000, "how `many` jobs without a result a client may have; 0 for any number")
	f.IntVar(&s.sessions, "sessions", 8, "how `many` specs are kept loaded for those who explore by hand, each in a process of its own; 0 for none")
	f.Int64Var(&s.maxBody, "max-body", 4<<20, "the largest request in `bytes`")
	return cmd
}

// serve answers requests until ctx ends.
func (s *server) serve(ctx context.Context) error {
	if s.data == "" && s.database == "" {
		return usage("--data DIR is needed, or --database postgres://...: where jobs are kept")
	}
	tokens, err := s.tokens()
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", s.listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	w, end, err := s.open(ctx)
	if err != nil {
		return err
	}
	defer end()
	sessions, err := s.sessionPool()
	if err != nil {
		return err
	}
	if sessions != nil {
		defer sessions.Close()
	}
	h := s.httpServer(api.New(ctx, w.Queue(), s.metrics, api.Config{Version: version(), Tokens: tokens, MostOpen: s.mostOpen,
		MaxBody: s.maxBody, Limits: s.limits, Sessions: sessions, Log: s.log}))
	s.log.Info("serving", "listen", listener.Addr().String(), "jobs", s.jobs, "tls", s.cert != "")
	return s.work(ctx, w, func() error { return answer(ctx, h, listener, s.cert, s.key) })
}

// What a session may have. A question is one that somebody waits for.
const (
	sessionMemory = 1 << 30
	sessionIdle   = 10 * time.Minute
	questionTime  = 15 * time.Second
)

// sessionPool is for exploring by hand; nil for none.
func (s *server) sessionPool() (*session.Pool, error) {
	if s.sessions < 0 {
		return nil, usage("--sessions is from 0 on")
	}
	program, err := os.Executable()
	if err != nil || s.sessions == 0 {
		return nil, err
	}
	limits := s.limits
	if limits.Memory == 0 || limits.Memory > sessionMemory {
		limits.Memory = sessionMemory
	}
	return &session.Pool{Program: program, Limits: limits, Most: s.sessions, Idle: sessionIdle, Time: questionTime}, nil
}

// answer runs an HTTP server until ctx ends; with cert and key it speaks TLS.
func answer(ctx context.Context, h *http.Server, l net.Listener, cert, key string) error {
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		stopped <- h.Shutdown(ending)
	}()
	var err error
	if cert != "" {
		err = h.ServeTLS(l, cert, key)
	} else {
		err = h.Serve(l)
	}
	if !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// tokens reads the file of tokens. Others than this machine may only ask with
// one.
func (s *server) tokens() (api.Tokens, error) {
	if (s.cert == "") != (s.key == "") {
		return nil, usage("--tls-cert and --tls-key go together")
	}
	if s.tokenFile == "" {
		if !isLoopback(s.listen) {
			return nil, usage("--tokens FILE is needed to listen on %s, which other machines may reach; 127.0.0.1:8080 needs none", s.listen)
		}
		return nil, nil
	}
	f, err := os.Open(s.tokenFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	tokens, err := api.ReadTokens(f)
	switch {
	case err != nil:
		return nil, usage("--tokens %s: %v", s.tokenFile, err)
	case len(tokens) == 0:
		return nil, usage("--tokens %s: there is no token in it", s.tokenFile)
	}
	return tokens, nil
}

func isLoopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// childCommand runs one job for the service.
func (a *app) childCommand() *cobra.Command {
	return &cobra.Command{
		Use:    child.Command,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: a.does(func(cmd *cobra.Command, _ []string) error {
			a.phase = "running a job"
			defer calmHeap(0)()
			c := child.Inside{In: a.in, Out: a.out, Version: version(), InUse: inUse}
			return c.Run(cmd.Context())
		}),
	}
}

// talkCommand answers questions about a spec for the service.
func (a *app) talkCommand() *cobra.Command {
	return &cobra.Command{
		Use:    child.TalkCommand,
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: a.does(func(cmd *cobra.Command, _ []string) error {
			a.phase = "answering questions"
			in := &session.Inside{}
			return child.AnswerAll(a.in, a.out, func(q json.RawMessage) (any, bool) { return in.Reply(cmd.Context(), q) })
		}),
	}
}
