// Package job is what is asked of lemma and how it is answered: the command
// line, the HTTP service and the workers of a queue are all built on it.
//
// # What is asked
//
// A Job is plain data: the spec, the instance, the question, and the limits.
// Settings is its schema, one table for the flags of lemma check, the fields of a
// job in JSON, the body of a request and the row of a queue: Parse reads it,
// MarshalJSON writes it, Over lays one job over another, Check finds what
// contradicts itself. A setting that means nothing to the engine is an error, so
// that nothing said is ever ignored.
//
// # How to run one
//
//	var diags diag.List
//	files := &source.Set{}
//	j := job.Parse(files.Add("job.json", text), &diags)
//	... diags.Err() ...
//	task := job.Load(ctx, j, job.Env{Files: files, Observe: observe})
//	result := task.Run(ctx)
//	report := show.Report{Result: result, Files: task.Files}
//
// Load reads the config and the modules; Run answers, at most once. Neither fails
// nor panics: what goes wrong is in the result, whose ExitCode and Status say what
// it means. Between the two a caller may look at what was read (Task.System,
// Task.Warnings, Task.Files).
//
// To observe a run, give Env.Observe: it is told Events, each with a line for
// people and the figures behind it. To cancel a run, end the context; its cause is
// what the result gives as the reason. Engines answer within about a second then,
// with what is known so far; one that does not is left behind, and the answer is
// made of its last report (package internal/guard).
//
// # What a job may do
//
// A job reads only its own Modules and the bundled ones, until Env.FS gives it a
// file system. Files and environment of the machine (Json, CSV, IOUtils), programs
// (smtlib:CMD) and folders to write to are each to be allowed (Allow). Nothing here
// changes the process as a whole, and no two jobs share what they write, so that
// several may run side by side. Memory is counted for each process, not for each
// job: a service that must hold one job's memory runs it in a process of its own.
//
// # How to divide one
//
//	plan, why := task.Plan(most)         // nil where it is one run
//	r := task.RunShare(ctx, share)       // for each of plan.Shares(), anywhere
//	answer, _ := task.Join(ctx, plan, standings)
//
// Job.Split has Run do so by itself, in this process.
//
// # Where to start
//
// job.go and schema.go are the question; kinds.go, read.go and json.go how it is
// read; check.go what contradicts itself; load.go and run.go the way to an answer;
// auto.go, race.go and crosscheck.go the policies that take several engines; outputs.go and
// certificate.go what a run leaves behind. plan.go is how a job is divided, share.go how
// a part is run, join.go what the parts mean together, divide.go all of it in one process.
package job
