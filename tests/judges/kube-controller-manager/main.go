// Command kube-controller-manager is Kubernetes' own, built from the published modules.
//
// See kube-apiserver beside it: go.mod replaces the staging modules in the same way.
package main

import (
	"os"
	_ "time/tzdata" // a CronJob's timeZone must not depend on the machine's files

	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-controller-manager/app"
)

func main() {
	os.Exit(cli.Run(app.NewControllerManagerCommand()))
}
