// Command dockerfile-lint holds build files to BuildKit's own rules, as `docker build --check` does, without an engine.
//
//	dockerfile-lint FILE...
//
// It ends with 1 where BuildKit warns of something or cannot build, and with 2 on wrong use.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerui"
	"github.com/moby/buildkit/solver/pb"
	"github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

const version = "0.30.0"

var platform = ocispecs.Platform{OS: "linux", Architecture: "amd64"}

// noRegistry answers for every base image with an empty configuration: a linter asks no network.
type noRegistry struct{}

func (noRegistry) ResolveImageConfig(
	_ context.Context, ref string, _ sourceresolver.Opt,
) (string, digest.Digest, []byte, error) {
	configuration, err := json.Marshal(ocispecs.Image{Platform: platform})
	return ref, digest.FromBytes(configuration), configuration, err
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: dockerfile-lint FILE...")
		os.Exit(2)
	}
	if os.Args[1] == "--version" {
		fmt.Println("buildkit", version)
		return
	}
	code := 0
	for _, name := range os.Args[1:] {
		if !isClean(name) {
			code = 1
		}
	}
	os.Exit(code)
}

func isClean(name string) bool {
	text, err := os.ReadFile(name)
	if err != nil {
		fmt.Println(err)
		return false
	}
	source := llb.NewSourceMap(nil, name, "Dockerfile", text)
	source.Definition = &llb.Definition{} // there is no build that the text came from
	results, err := dockerfile2llb.DockerfileLint(context.Background(), text, dockerfile2llb.ConvertOpt{
		Config: dockerui.Config{
			TargetPlatforms: []ocispecs.Platform{platform},
			BuildPlatforms:  []ocispecs.Platform{platform},
			LinterConfig:    &linter.Config{ExperimentalAll: true},
		},
		MetaResolver:   noRegistry{},
		TargetPlatform: &platform,
		SourceMap:      source,
	})
	if err != nil {
		fmt.Printf("%s: %v\n", name, err)
		return false
	}
	for _, warning := range results.Warnings {
		fmt.Printf("%s:%d: %s: %s\n", name, line(warning.Location), warning.RuleName, warning.Detail)
	}
	if results.Error != nil {
		fmt.Printf("%s:%d: %s\n", name, line(&results.Error.Location), results.Error.Message)
	}
	return len(results.Warnings) == 0 && results.Error == nil
}

func line(location *pb.Location) int32 {
	if location == nil || len(location.Ranges) == 0 {
		return 0
	}
	return location.Ranges[0].Start.Line
}
