// Command kube-apiserver is Kubernetes' own, built from the published modules.
//
// `go install` refuses k8s.io/kubernetes, whose go.mod replaces its staging
// modules by paths; go.mod here replaces them by their published versions.
package main

import (
	"os"
	_ "time/tzdata" // a CronJob's timeZone must not depend on the machine's files

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	os.Exit(cli.Run(app.NewAPIServerCommand()))
}
