package session

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/lemma-mc/lemma/service/child"
)

// A Pool keeps sessions for the clients of a server: at most so many processes, each
// until it has been idle for a while, or another one is wanted more.
type Pool struct {
	Program string // this program
	Limits  child.Limits
	Most    int           // sessions at once
	Idle    time.Duration // how long one lives without a question
	Time    time.Duration // for one question

	mu       sync.Mutex
	sessions []*session
}

// ErrBusy says that all sessions are answering others.
var ErrBusy = errors.New("all sessions are busy")

// A session is a process that answers questions of one client.
type session struct {
	client string
	key    [sha256.Size]byte // of the job that it has loaded
	talk   *child.Talk
	busy   bool
	used   time.Time
}

// slack is what a process gets beyond the time of a question, to say that it was
// too short.
const slack = 3 * time.Second

// Ask has the question of a client answered: by an Answer in JSON.
func (p *Pool) Ask(ctx context.Context, client string, q Question) (json.RawMessage, error) {
	q.Milliseconds = p.Time.Milliseconds()
	s, err := p.take(client, keyOf(&q))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, p.Time+slack, errTime)
	defer cancel()
	var text json.RawMessage
	if s.talk == nil {
		s.talk, err = child.StartTalk(p.Program, p.Limits)
	}
	if err == nil {
		err = s.talk.Ask(ctx, q, &text)
	}
	var a struct{ Broken bool }
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	p.give(s, err != nil || a.Broken)
	if errors.Is(err, errTime) || errors.Is(err, child.ErrGone) { // it says something about the spec
		return json.Marshal(Answer{Problem: &Diagnostic{Severity: "error", Message: err.Error()}})
	}
	return text, err
}

// keyOf tells apart the specs that a session may have loaded. What is being typed
// is loaded anew each time, so there is one session for all of it.
func keyOf(q *Question) [sha256.Size]byte {
	if q.Kind == Diagnose {
		return [sha256.Size]byte{}
	}
	return sha256.Sum256(q.Job)
}

// take is a session for the question, which is busy from now on: one of the client
// that has the spec, a new one, or one that is idle in the place of another.
func (p *Pool) take(client string, key [sha256.Size]byte) (*session, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.oldest(func(s *session) bool { return !s.busy && s.client == client && s.key == key })
	if s == nil && len(p.sessions) >= p.Most {
		leaves := p.oldest(func(s *session) bool { return !s.busy })
		if leaves == nil {
			return nil, ErrBusy
		}
		p.remove(leaves)
	}
	if s == nil {
		s = &session{client: client, key: key}
		p.sessions = append(p.sessions, s)
	}
	s.busy = true
	return s, nil
}

// oldest is the session that was used longest ago, of those that fit; nil for none.
func (p *Pool) oldest(fits func(*session) bool) *session {
	var out *session
	for _, s := range p.sessions {
		if fits(s) && (out == nil || s.used.Before(out.used)) {
			out = s
		}
	}
	return out
}

// give gives a session back; one that is broken ends.
func (p *Pool) give(s *session, broken bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.busy, s.used = false, time.Now()
	if broken {
		p.remove(s)
		return
	}
	time.AfterFunc(p.Idle+time.Second, p.sweep)
}

// sweep ends what has been idle for too long.
func (p *Pool) sweep() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for s := p.idle(); s != nil; s = p.idle() {
		p.remove(s)
	}
}

func (p *Pool) idle() *session {
	return p.oldest(func(s *session) bool { return !s.busy && time.Since(s.used) > p.Idle })
}

// remove forgets a session and ends its process.
func (p *Pool) remove(gone *session) {
	kept := p.sessions[:0]
	for _, s := range p.sessions {
		if s != gone {
			kept = append(kept, s)
		}
	}
	p.sessions = kept
	if gone.talk != nil {
		go gone.talk.End()
	}
}

// Close ends all sessions.
func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.sessions {
		if s.talk != nil {
			s.talk.End()
		}
	}
	p.sessions, p.Most = nil, 0
}
