// Command argo-lint is `argo lint --offline --strict --output simple`.
//
// The argo command itself cannot be built from the module proxy: it embeds a web
// page that the module leaves out. The packages that lint never reach that page.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/argoproj/argo-workflows/v3/cmd/argo/commands/client"
	"github.com/argoproj/argo-workflows/v3/cmd/argo/lint"
	"github.com/argoproj/argo-workflows/v3/pkg/apis/workflow"
)

// version is set by the linker, from the file ldflags.
var version = "unknown"

var kinds = []string{
	workflow.WorkflowPlural,
	workflow.WorkflowTemplatePlural,
	workflow.CronWorkflowPlural,
	workflow.ClusterWorkflowTemplatePlural,
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: argo-lint FILE-OR-FOLDER... | --version")
		os.Exit(2)
	}
	if os.Args[1] == "--version" {
		fmt.Println("argo-lint " + version)
		return
	}
	if err := judge(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "argo-lint:", err)
		os.Exit(2)
	}
}

// judge prints the findings and ends the process with 1 if there are any.
func judge(files []string) error {
	// A reference to a template is looked up in the same files.
	client.Offline = true
	client.OfflineFiles = files
	ctx, api, err := client.NewAPIClient(context.Background())
	if err != nil {
		return err
	}
	options := lint.LintOptions{Files: files, Strict: true, Printer: os.Stdout}
	return lint.RunLint(ctx, api, kinds, "simple", true, options)
}
