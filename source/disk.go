package source

import (
	"io/fs"
	"os"
	"sync"
)

// A FileSystem is where texts are read from, by the names that it has for them.
// A file system of package io/fs is one when it has these methods, as those of
// embed, os.DirFS and testing/fstest have.
type FileSystem interface {
	ReadFile(name string) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
}

// Disk is the machine's file system, by the paths of the operating system.
var Disk FileSystem = disk{}

type disk struct{}

func (disk) ReadFile(name string) ([]byte, error)       { return os.ReadFile(name) }
func (disk) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// Nothing is a file system without files.
var Nothing FileSystem = nothing{}

type nothing struct{}

func (nothing) ReadFile(name string) ([]byte, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (nothing) ReadDir(name string) ([]fs.DirEntry, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// Once reads each file of from a single time and then remembers it: what a pipe
// gives is there but once, and a file that changes meanwhile is one text.
func Once(from FileSystem) FileSystem { return &once{FileSystem: from, read: map[string]reading{}} }

type once struct {
	FileSystem
	mu   sync.Mutex
	read map[string]reading
}

type reading struct {
	text []byte
	err  error
}

func (o *once) ReadFile(name string) ([]byte, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	r, known := o.read[name]
	if !known {
		r.text, r.err = o.FileSystem.ReadFile(name)
		o.read[name] = r
	}
	return r.text, r.err
}
