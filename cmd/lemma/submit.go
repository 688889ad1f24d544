package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/lemma-mc/lemma/job"
	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/service/client"
	"github.com/lemma-mc/lemma/source"
)

// A submission is a check on another machine.
type submission struct {
	check
	client    client.Client
	tokenFile string
}

func (a *app) submitCommand() *cobra.Command {
	s := &submission{check: check{app: a, job: &job.Job{}}}
	settings := s.job.Settings()
	cmd := &cobra.Command{
		Use:   "submit SPEC.tla --server URL",
		Short: "Check a spec on a server",
		Long: `Check a spec on a server. The flags are those of check, but for those that
name files to write. The spec is read here, with all that it extends; the
server needs none of its files. Ctrl-C cancels the job.`,
		Args: takes(0, 1),
		RunE: a.does(func(cmd *cobra.Command, args []string) error {
			for _, path := range args {
				if err := setting(settings, "root_module").Set(path); err != nil {
					return usage("the path of the spec %v", err)
				}
			}
			return s.run(cmd.Context())
		}),
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&s.client.Server, "server", os.Getenv("LEMMA_SERVER"), "the `URL` of the server (default $LEMMA_SERVER)")
	f.StringVar(&s.tokenFile, "token-file", "", "a `FILE` with the API token (default $LEMMA_TOKEN is the token)")
	for _, flag := range settings {
		if travels(flag, settings) {
			addFlag(f, flag)
		}
	}
	f.Var(oneOf(&s.format, "text", "json", "junit", "sarif", "github"), "format", "the result on stdout: text, json, junit, sarif or github")
	f.BoolVar(&s.noProgress, "no-progress", false, "no progress on stderr")
	return cmd
}

// travels tells whether a flag says something that a job in JSON can hold, or
// where modules are.
func travels(flag *job.Setting, all []*job.Setting) bool {
	return flag.Key() == "include" || slices.ContainsFunc(all, func(s *job.Setting) bool { return s.JSON != "" && s.JSON == flag.Key() })
}

func (s *submission) run(ctx context.Context) error {
	if s.client.Server == "" {
		return usage("--server URL is needed, or LEMMA_SERVER in the environment")
	}
	if at, err := url.Parse(s.client.Server); err != nil || at.Scheme != "http" && at.Scheme != "https" || at.Host == "" {
		return usage("--server is a URL such as http://127.0.0.1:8080, not %s", s.client.Server)
	}
	if err := errors.Join(s.job.Check(), s.readToken()); err != nil {
		return err
	}
	text, err := s.pack(ctx)
	if err != nil {
		return err
	}
	s.app.phase = "asking the server"
	id, err := s.client.Submit(ctx, text)
	if err != nil {
		return err
	}
	b := s.newBar()
	err = s.client.Follow(ctx, id, b.show)
	b.wipe()
	if err != nil && ctx.Err() == nil {
		return err
	}
	return s.fetch(ctx, id)
}

// pack loads the spec, so that what is wrong with it is told at once, and is the
// job with all its texts.
func (s *submission) pack(ctx context.Context) ([]byte, error) {
	files := &job.Recorder{FileSystem: source.Disk}
	task := job.Load(ctx, s.job, job.Env{Files: s.app.files, FS: files, Path: tlaPath(), Allow: job.Allow{Commands: true}})
	if task.Err != nil {
		return nil, task.Err
	}
	packed, err := task.Pack(files)
	if err != nil {
		return nil, err
	}
	return json.Marshal(packed)
}

// fetch shows the result of a job that has ended, or that is to end now.
func (s *submission) fetch(ctx context.Context, id string) error {
	if ctx.Err() != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		if err := s.client.Cancel(ctx, id); err != nil {
			return err
		}
		if err := s.client.Follow(ctx, id, func(*child.Event) {}); err != nil {
			return err
		}
	}
	text, exit, err := s.client.Result(ctx, id, s.format)
	if err != nil {
		return err
	}
	s.app.code = exit
	if _, err := s.app.out.Write(text); err != nil {
		return cannotWrite("the result", err)
	}
	return nil
}

func (s *submission) readToken() error {
	s.client.Token = os.Getenv("LEMMA_TOKEN")
	if s.tokenFile != "" {
		text, err := os.ReadFile(s.tokenFile)
		if err != nil {
			return err
		}
		s.client.Token = strings.TrimSpace(string(text))
	}
	return nil
}
