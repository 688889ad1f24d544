package source

import (
	"io/fs"
	"os"
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
