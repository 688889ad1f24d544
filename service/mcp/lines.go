package mcp

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// longestLine is how many bytes a message may have.
const longestLine = mcp.DefaultMaxLineLength

// Lines is a transport of JSON-RPC messages, one a line, that a line which is none
// does not end, as it does the one of the SDK: it is answered with an error, as JSON-RPC has
// it, and the next line is read. The messages of a batch, which MCP no longer has,
// are taken one by one.
type Lines struct {
	In  io.Reader
	Out io.Writer
}

// Connect starts to read.
func (l Lines) Connect(ctx context.Context) (mcp.Connection, error) {
	r, w := io.Pipe()
	out := &whole{out: l.Out}
	go func() { w.CloseWithError(l.pass(w, out)) }()
	return (&mcp.IOTransport{Reader: r, Writer: out}).Connect(ctx)
}

// pass hands on the lines that are messages to w, and answers the others to out, until
// the end of the input.
func (l Lines) pass(w, out io.Writer) error {
	in := bufio.NewReaderSize(l.In, 64<<10)
	for {
		line, err := readLine(in)
		if err == nil || len(bytes.TrimSpace(line)) > 0 {
			if wrong := passLine(w, line); wrong != nil {
				if err := complain(out, wrong); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

// errTooLong is what a line beyond the limit is answered with.
var errTooLong = &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: fmt.Sprintf("a message may have %d bytes at most", longestLine)}

// readLine reads to the end of a line. Of one that is too long only so much is kept
// that it can be seen to be.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		if len(line) <= longestLine {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// passLine hands on what is in line to w; what is no message is returned as an error.
func passLine(w io.Writer, line []byte) *jsonrpc.Error {
	line = bytes.TrimSpace(line)
	switch {
	case len(line) == 0:
		return nil
	case len(line) > longestLine:
		return errTooLong
	case !json.Valid(line):
		var none json.RawMessage
		return &jsonrpc.Error{Code: jsonrpc.CodeParseError, Message: fmt.Sprintf("this is not JSON: %v", json.Unmarshal(line, &none))}
	}
	messages := []json.RawMessage{line}
	if line[0] == '[' {
		if err := json.Unmarshal(line, &messages); err != nil || len(messages) == 0 {
			return &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: "a batch without messages"}
		}
	}
	for _, m := range messages {
		if _, err := jsonrpc.DecodeMessage(m); err != nil {
			return &jsonrpc.Error{Code: jsonrpc.CodeInvalidRequest, Message: fmt.Sprintf("this is not a message of JSON-RPC 2.0: %v", err)}
		}
	}
	for _, m := range messages {
		// A reader that is gone has closed the pipe, and needs no message.
		_, _ = w.Write(append(bytes.Clone(m), '\n'))
	}
	return nil
}

// complain answers a line that is no message, and so has no id.
func complain(out io.Writer, wrong *jsonrpc.Error) error {
	answer, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": nil, "error": wrong})
	if err != nil {
		return err
	}
	_, err = out.Write(append(answer, '\n'))
	return err
}

// A whole writer takes one message at a time. Closing it closes nothing.
type whole struct {
	mu  sync.Mutex
	out io.Writer
}

func (w *whole) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.out.Write(p)
}

func (w *whole) Close() error { return nil }
