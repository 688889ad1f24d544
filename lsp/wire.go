package lsp

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// mostBody bounds one message, in bytes.
const mostBody = 64 << 20

// A message is one of JSON-RPC 2.0: a request, a notification (without ID), or an
// answer.
type message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	wrong  error           // why it could not be read
}

// The error codes of JSON-RPC that are used.
const (
	codeParse          = -32700
	codeInvalidRequest = -32600
	codeNoMethod       = -32601
	codeInvalidParams  = -32602
	codeInternal       = -32603
)

// A failure is an error as an answer has it.
type failure struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (f *failure) Error() string { return f.Message }

// A reader reads messages, each behind a header with its length. What is no message
// is one with the error, so that only the end of the stream ends it.
type reader struct{ in *bufio.Reader }

func (r *reader) next() (*message, error) {
	length, err := r.header()
	if err != nil {
		return nil, err
	}
	if length < 0 || length > mostBody {
		return &message{wrong: fmt.Errorf("a message of %d bytes: its header has no Content-Length up to %d", length, mostBody)}, nil
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(r.in, body); err != nil {
		return nil, err
	}
	m := &message{}
	if err := json.Unmarshal(body, m); err != nil {
		return &message{wrong: err}, nil
	}
	return m, nil
}

// header reads up to the empty line, and finds the length; -1 where there is none.
func (r *reader) header() (length int, err error) {
	length = -1
	for read := 0; ; read++ {
		line, err := r.in.ReadString('\n')
		if err != nil {
			return 0, err
		}
		line = strings.TrimSpace(line)
		if line == "" && (read > 0 || length >= 0) {
			return length, nil
		}
		name, val, _ := strings.Cut(line, ":")
		if strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			if length, err = strconv.Atoi(strings.TrimSpace(val)); err != nil {
				length = -1
			}
		}
	}
}

// A writer writes messages.
type writer struct {
	mu  sync.Mutex
	out io.Writer
}

func (w *writer) send(body any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err = fmt.Fprintf(w.out, "Content-Length: %d\r\n\r\n%s", len(text), text)
	return err
}

// answer answers a request with a result, or with an error.
func (w *writer) answer(id json.RawMessage, result any, err error) error {
	if err == nil {
		return w.send(struct {
			Version string          `json:"jsonrpc"`
			ID      json.RawMessage `json:"id"`
			Result  any             `json:"result"`
		}{"2.0", id, result})
	}
	f := &failure{codeInternal, err.Error()}
	_ = errors.As(err, &f)
	if id == nil {
		id = json.RawMessage("null")
	}
	return w.send(struct {
		Version string          `json:"jsonrpc"`
		ID      json.RawMessage `json:"id"`
		Error   *failure        `json:"error"`
	}{"2.0", id, f})
}

func (w *writer) notify(method string, params any) error {
	return w.send(struct {
		Version string `json:"jsonrpc"`
		Method  string `json:"method"`
		Params  any    `json:"params"`
	}{"2.0", method, params})
}
