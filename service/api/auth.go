package api

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/lemma-mc/lemma/web"
)

// Tokens are the clients by the SHA-256 of the token that each shows; as hashes,
// so that the time of a comparison tells nothing about a token.
type Tokens map[[sha256.Size]byte]string

// shortest is the least length of a token.
const shortest = 16

// ReadTokens reads a file of tokens: a line for each, the client's name, a space,
// the token. Empty lines and those that begin with # say nothing.
func ReadTokens(r io.Reader) (Tokens, error) {
	out := Tokens{}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Fields(line)
		if len(fields) != 2 || len(fields[1]) < shortest {
			return nil, fmt.Errorf("line %d: a line is NAME TOKEN, with a token of at least %d characters", n, shortest)
		}
		out[sha256.Sum256([]byte(fields[1]))] = fields[0]
	}
	return out, lines.Err()
}

type clientKey struct{}

// anybody is the client where no tokens are asked for.
const anybody = "anybody"

func clientOf(ctx context.Context) string {
	if name, ok := ctx.Value(clientKey{}).(string); ok {
		return name
	}
	return anybody
}

// authenticated lets in those who show a token, and everybody to the health
// checks and to the pages, which hold nothing that is anybody's: they ask for the
// token and show it with their requests.
func (a *API) authenticated(next http.Handler) http.Handler {
	if len(a.Tokens) == 0 {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == healthPath || r.URL.Path == readyPath || r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, web.Assets) {
			next.ServeHTTP(w, r)
			return
		}
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		name, known := a.Tokens[sha256.Sum256([]byte(strings.TrimSpace(token)))]
		if !ok || !known {
			w.Header().Set("WWW-Authenticate", `Bearer realm="lemma"`)
			problem(w, http.StatusUnauthorized, "send a token of this server: Authorization: Bearer TOKEN")
			return
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), clientKey{}, name)))
	})
}

// recovered answers 500 where a handler panics.
func recovered(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				log.Error("a handler panicked: this is a bug in lemma", "path", r.URL.Path, "panic", p)
				problem(w, http.StatusInternalServerError, "this is a bug in lemma; the log of the server says more")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// A recorder keeps the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController and for the streams.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// logged writes a line of the log for each request, and counts it.
func (a *API) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now()
		rec := &recorder{w, http.StatusOK}
		next.ServeHTTP(rec, r)
		took := time.Since(begin)
		a.metrics.request(r.Method, rec.status, took)
		a.Log.Debug("request", "method", r.Method, "path", r.URL.Path, "status", rec.status, "ms", took.Milliseconds(), "from", r.RemoteAddr)
	})
}
