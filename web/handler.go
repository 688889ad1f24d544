package web

import (
	"crypto/sha256"
	"encoding/base64"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

// Assets is the path below which Handler has the files of the pages.
const Assets = "/web/"

// pagesPolicy is the Content-Security-Policy of the pages: nothing but their own
// files, and their own server.
const pagesPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// types are the media types by ending: what the machine says of them is not asked.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml",
}

// Handler answers GET / with the page of the explorer, and serves its files.
func Handler() http.Handler {
	tags := tagsOf()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, Assets)
		if r.URL.Path == "/" {
			name = "index.html"
		}
		tag, ok := tags[name]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", types[path.Ext(name)])
		h.Set("Content-Security-Policy", pagesPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache") // ask each time whether it is still the same
		h.Set("ETag", tag)
		http.ServeContent(w, r, name, time.Time{}, strings.NewReader(file(name)))
	})
}

// tagsOf are the ETags of all files, by name.
func tagsOf() map[string]string {
	out := map[string]string{}
	entries, err := fs.ReadDir(files, "app")
	if err != nil {
		panic(err) // it is embedded
	}
	for _, e := range entries {
		sum := sha256.Sum256([]byte(file(e.Name())))
		out[e.Name()] = `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	}
	return out
}
