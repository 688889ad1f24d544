// Package web is the front end: what a browser shows of a result.
//
// It is written as plain ES modules and style sheets, in app, which are served and
// embedded as they stand; nothing is built. The service serves all of it (Handler);
// a trace that is written to a file is one page with the modules that it needs
// (Page). Both show a behaviour by the same module, trace.js, and a proof by proof.js.
//
// Nothing comes from another host, and the pages say so in their
// Content-Security-Policy: scripts and styles are these files alone, in the page of
// a trace by their hashes. Texts of a spec never become markup (dom.js).
//
// There is no library in it. What would be borrowed, an editor and a drawing of
// graphs, each is some hundred lines here for what is needed, and several hundred
// kilobytes with a build step of its own otherwise.
package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"strings"
)

//go:embed app
var files embed.FS

// file is the text of one of app, which is there.
func file(name string) string {
	text, err := files.ReadFile("app/" + name)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// The files of a page that stands alone. Modules are given to the page by an
// import map, as data, under names that are no paths.
var (
	pageModules = []string{"dom.js", "value.js", "list.js", "lasso.js", "sequence.js", "why.js", "trace.js", "tla.js", "proof.js", "standalone.js"}
	pageStyles  = []string{"base.css", "trace.css", "proof.css", "standalone.css"}
)

const prefix = "lemma/"

// importMap names the modules of a page that stands alone.
func importMap() string {
	imports := map[string]string{}
	for _, name := range pageModules {
		text := strings.ReplaceAll(file(name), `from "./`, `from "`+prefix)
		imports[prefix+name] = "data:text/javascript;base64," + base64.StdEncoding.EncodeToString([]byte(text))
	}
	text, err := json.Marshal(map[string]any{"imports": imports})
	if err != nil {
		panic(err) // strings always encode
	}
	return string(text)
}

// Page is one HTML page that shows the view of a result (show.Report.View), without
// a server or a network; plain is what those see who let no script run.
func Page(title string, view []byte, plain string) []byte {
	var styles strings.Builder
	for _, name := range pageStyles {
		styles.WriteString(file(name))
	}
	modules, start := importMap(), `import "`+prefix+`standalone.js";`
	policy := fmt.Sprintf("default-src 'none'; script-src data: %s %s; style-src %s; base-uri 'none'; form-action 'none'",
		hash(modules), hash(start), hash(styles.String()))
	var out bytes.Buffer
	fmt.Fprintf(&out, `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="%s">
<title>%s</title>
<style>%s</style>
<script type="importmap">%s</script>
</head>
<body>
<noscript><pre class="plain">%s</pre></noscript>
<script type="application/json" id="view">%s</script>
<script type="module">%s</script>
</body>
</html>
`, policy, html.EscapeString(title), styles.String(), modules, html.EscapeString(plain), inScript(view), start)
	return out.Bytes()
}

// hash is how a policy names a text that may be part of the page.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// inScript is JSON that no browser takes for the end of a script.
func inScript(text []byte) []byte { return bytes.ReplaceAll(text, []byte("<"), []byte(`\u003c`)) }
