// Package browser drives a headless Chromium in tests: it opens pages, presses
// keys, and looks at what is there.
//
// A test is skipped where there is no Chromium, and where axe-core, which checks
// accessibility, can be had neither from the cache nor from npm. Whatever a page
// logs as an error, or throws, fails the test: so does a breach of its
// Content-Security-Policy. With LEMMA_SHOTS=FOLDER, Shot keeps pictures there.
package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// patience is how long a page may take for anything: machines are busy.
const patience = 60 * time.Second

// A Tab is a page that a test looks at.
type Tab struct {
	testing.TB
	ctx context.Context

	mu   sync.Mutex
	said []string // errors of the page
}

// Open starts a browser with an empty page. The test fails in the end where a page
// has reported an error.
func Open(t testing.TB) *Tab {
	t.Helper()
	program := find()
	if program == "" {
		t.Skip("there is no Chromium here: apt-get install chromium")
	}
	profile, err := os.MkdirTemp("", "lemma-browser-") // a browser that ends may still write to it
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.UserDataDir(profile), chromedp.WindowSize(1280, 860))
	allocated, endAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, end := chromedp.NewContext(allocated)
	tab := &Tab{TB: t, ctx: ctx}
	messages := chromedp.Console(ctx) // starts the browser, which lives as long as ctx
	heard := make(chan struct{})
	go func() {
		defer close(heard)
		for m, err := range messages {
			if err != nil {
				return
			}
			tab.hear(m)
		}
	}()
	t.Cleanup(func() {
		end()
		endAll()
		<-heard
		_ = os.RemoveAll(profile)
		for _, text := range tab.said {
			t.Errorf("the page says: %s", text)
		}
	})
	return tab
}

// find is the path of a Chromium, or "".
func find() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func (t *Tab) hear(m chromedp.ConsoleMessage) {
	if m.Type != "error" && !m.IsException() {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.said = append(t.said, strings.TrimSpace(m.Text+" "+m.URL))
}

func (t *Tab) errors() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.said
}

// Expect takes one error that the page has reported as wanted, if it holds text.
func (t *Tab) Expect(text string) {
	t.Helper()
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, said := range t.said {
		if strings.Contains(said, text) {
			t.said = append(t.said[:i], t.said[i+1:]...)
			return
		}
	}
	t.Errorf("the page does not say %q", text)
}

// run is the value of an action, which has the time that there is.
func run[T any](t *Tab, a chromedp.Action[T]) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	out, err := chromedp.Run(ctx, a)
	if err != nil {
		shot := t.keep(strings.ReplaceAll(t.Name(), "/", "-") + "-failure")
		t.Fatalf("%v\nthe page says: %q%s", err, t.errors(), shot)
	}
	return out
}

// Go opens an address and waits for an element.
func (t *Tab) Go(address, ready string) {
	t.Helper()
	run(t, chromedp.Navigate(address))
	t.See(ready)
}

// See waits for an element to be visible.
func (t *Tab) See(selector string) {
	t.Helper()
	run(t, chromedp.WaitVisible(chromedp.CSS(selector)))
}

// Eval is the value of a JavaScript expression, for which it waits if it is a
// promise.
func Eval[T any](t *Tab, expression string) T {
	t.Helper()
	return run(t, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Until waits for a JavaScript expression to be true.
func (t *Tab) Until(expression string) {
	t.Helper()
	run(t, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(patience)))
}

// UntilText waits for an element, by selector, to hold a text.
func (t *Tab) UntilText(selector, text string) {
	t.Helper()
	t.Until(fmt.Sprintf("[...document.querySelectorAll(%q)].some(e => e.innerText.includes(%q))", selector, text))
}

// Click clicks on the first element that a selector finds.
func (t *Tab) Click(selector string) {
	t.Helper()
	run(t, chromedp.Click(chromedp.CSS(selector)))
}

// Keys presses keys, where the focus is.
func (t *Tab) Keys(keys string) {
	t.Helper()
	run(t, chromedp.KeyEvent(keys))
}

// Type types a text into a field.
func (t *Tab) Type(selector, text string) {
	t.Helper()
	run(t, chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Text is what an element shows.
func (t *Tab) Text(selector string) string {
	t.Helper()
	return run(t, chromedp.Text(chromedp.CSS(selector)))
}

// Dark has pages think that the user likes them dark, or light.
func (t *Tab) Dark(dark bool) {
	t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	if err != nil {
		t.Fatal(err)
	}
}

// Shot keeps a picture of the page, light and dark, if somebody wants pictures.
func (t *Tab) Shot(name string) {
	t.Helper()
	if os.Getenv("LEMMA_SHOTS") == "" {
		return
	}
	for _, dark := range []bool{false, true} {
		t.Dark(dark)
		t.keep(name + map[bool]string{false: "-light", true: "-dark"}[dark])
	}
	t.Dark(false)
}

// keep writes a picture, and says where.
func (t *Tab) keep(name string) string {
	folder := os.Getenv("LEMMA_SHOTS")
	if folder == "" {
		return ""
	}
	ctx, cancel := context.WithTimeout(t.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return ""
	}
	path := filepath.Join(folder, name+".png")
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		t.Error(err)
	}
	return "\nsee " + path
}
