package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/lemma-mc/lemma/specs"
)

const (
	healthPath = "/healthz"
	readyPath  = "/readyz"
)

type modelsOutput struct {
	Body struct {
		Models []model `json:"models" nullable:"false"`
	}
}

type model struct {
	Name    string `json:"model_name"`
	Summary string `json:"summary"`
}

// models lists the bundled specs.
func models(context.Context, *struct{}) (*modelsOutput, error) {
	out := &modelsOutput{}
	for _, name := range specs.Names() {
		text, _ := specs.Read(name)
		out.Body.Models = append(out.Body.Models, model{name, specs.Summary(text)})
	}
	return out, nil
}

type modelInput struct {
	Name string `path:"name" maxLength:"128" doc:"model_name of a bundled spec"`
}

type modelOutput struct {
	Body struct {
		Name    string            `json:"model_name"`
		Modules map[string]string `json:"modules" doc:"the texts by file name: the module NAME.tla and its configs"`
	}
}

// bundledModel is a bundled spec with its texts.
func bundledModel(_ context.Context, in *modelInput) (*modelOutput, error) {
	texts := specs.Texts(in.Name)
	if texts == nil {
		return nil, huma.Error404NotFound("there is no bundled spec " + in.Name)
	}
	out := &modelOutput{}
	out.Body.Name, out.Body.Modules = in.Name, texts
	return out, nil
}

type stateOutput struct {
	Body struct {
		Status string `json:"status" enum:"ok"`
	}
}

func health(context.Context, *struct{}) (*stateOutput, error) {
	out := &stateOutput{}
	out.Body.Status = "ok"
	return out, nil
}

// ready tells whether jobs can be taken.
func (a *API) ready(ctx context.Context, in *struct{}) (*stateOutput, error) {
	if a.closing.Err() != nil {
		return nil, huma.Error503ServiceUnavailable("the service is shutting down")
	}
	if err := a.queue.Ping(ctx); err != nil {
		return nil, a.broken(ctx, "ready", err)
	}
	return health(ctx, in)
}
