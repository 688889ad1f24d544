// Package client speaks to a server of the service: it sends a job, follows it,
// and fetches what came out. A connection that breaks is no end: the job goes on,
// and the client asks again.
package client

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/diag"
	"github.com/lemma-mc/lemma/service/child"
	"github.com/lemma-mc/lemma/source"
)

// A Client speaks to one server.
type Client struct {
	Server string // its URL
	Token  string // "" for none
}

const jobs = "/api/v1/verify/job"

// patience is how long a client puts up with a server that does not answer.
const patience = time.Minute

const codeServer diag.Code = "S161" // what a server says, or that it does not answer

func failed(format string, args ...any) error {
	return diag.New(diag.System, codeServer, source.Span{}, fmt.Sprintf(format, args...))
}

// Submit sends a job in JSON and returns its number. It may be sent several times
// over a bad connection, and is one job.
func (c *Client) Submit(ctx context.Context, text []byte) (id string, err error) {
	key := rand.Text()
	err = c.insist(ctx, func() error {
		a, err := c.ask(ctx, http.MethodPost, jobs, text, "Idempotency-Key", key)
		if err != nil {
			return err
		}
		var said struct {
			ID string `json:"job_id"`
		}
		err = json.Unmarshal(a.body, &said)
		id = said.ID
		return err
	})
	return id, err
}

// Follow calls observe for what the server tells of the job, until that is
// finished.
func (c *Client) Follow(ctx context.Context, id string, observe func(*child.Event)) error {
	return c.insist(ctx, func() error {
		r, err := c.request(ctx, http.MethodGet, jobs+"/"+id+"/events", nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		if err := refused(resp); err != nil {
			return err
		}
		return events(resp.Body, observe)
	})
}

// events reads a stream of events to the result.
func events(r io.Reader, observe func(*child.Event)) error {
	in := bufio.NewReader(r)
	kind := ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		switch name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": "); {
		case name == "event":
			kind = value
		case name == "data" && kind == "progress":
			var e child.Event
			if json.Unmarshal([]byte(value), &e) == nil {
				observe(&e)
			}
		case name == "data" && kind == "result":
			return nil
		}
	}
}

// Result is the result of a finished job in a format, and the exit code of lemma
// check for it.
func (c *Client) Result(ctx context.Context, id, format string) (text []byte, exit int, err error) {
	err = c.insist(ctx, func() error {
		a, err := c.ask(ctx, http.MethodGet, jobs+"/"+id+"?format="+format, nil)
		if err != nil {
			return err
		}
		text = a.body
		exit, err = strconv.Atoi(a.header.Get("Exit-Code"))
		return err
	})
	return text, exit, err
}

// Cancel asks the job to end.
func (c *Client) Cancel(ctx context.Context, id string) error {
	return c.insist(ctx, func() error {
		_, err := c.ask(ctx, http.MethodDelete, jobs+"/"+id, nil)
		return err
	})
}

// insist calls f until it succeeds, or the server refuses, or the time is up.
func (c *Client) insist(ctx context.Context, f func() error) error {
	for begin, wait := time.Now(), 100*time.Millisecond; ; wait = min(2*wait, 2*time.Second) {
		called := time.Now()
		err := f()
		var no *refusal
		var untrusted *tls.CertificateVerificationError
		switch {
		case errors.As(err, &untrusted): // which does not get better
			return failed("the certificate of %s is not trusted: %v", c.Server, untrusted.Err)
		case err == nil || errors.As(err, &no) && no.final():
			return err
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case time.Since(called) > wait: // it went well for a while
			begin = time.Now()
		case time.Since(begin) > patience:
			return failed("the server %s does not answer: %v", c.Server, err)
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(wait):
		}
	}
}

type answer struct {
	header http.Header
	body   []byte
}

func (c *Client) ask(ctx context.Context, method, path string, body []byte, headers ...string) (*answer, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := c.request(ctx, method, path, body)
	if err != nil {
		return nil, err
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if err := refused(resp); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(resp.Body)
	return &answer{resp.Header, text}, err
}

func (c *Client) request(ctx context.Context, method, path string, body []byte) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(c.Server, "/")+path, bytes.NewReader(body))
	if err != nil {
		return nil, &refusal{error: failed("the server's address: %v", err), status: http.StatusBadRequest}
	}
	r.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	return r, nil
}

// A refusal is an answer that is a problem.
type refusal struct {
	error
	status int
}

func (r *refusal) Unwrap() error { return r.error }

// final tells that asking again would change nothing.
func (r *refusal) final() bool { return r.status < 500 && r.status != http.StatusTooManyRequests }

// refused is the problem that resp holds; nil when it holds none.
func refused(resp *http.Response) error {
	if resp.StatusCode < 300 {
		return nil
	}
	var p struct {
		Detail string
		Errors []struct{ Message, Location string }
	}
	text := resp.Status
	if err := json.NewDecoder(io.LimitReader(resp.Body, 1<<20)).Decode(&p); err == nil && p.Detail != "" {
		text = p.Detail
		for _, e := range p.Errors {
			text += "\n" + e.Message
		}
	}
	return &refusal{failed("the server says: %s", text), resp.StatusCode}
}
