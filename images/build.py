"""Build the images with the engine of this machine: `python3 images/build.py [train] [serve]`."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent
ENGINES = ("docker", "podman", "buildah")
IMAGES = ("serve", "train")


def find_engine() -> str | None:
    """Return the first engine that is installed and answers; a client without its daemon builds nothing."""
    for engine in ENGINES:
        if shutil.which(engine) and subprocess.run([engine, "info"], check=False, capture_output=True).returncode == 0:
            return engine
    return None


def main(names: Sequence[str]) -> int:
    """Build the images that names say, all of them by default; return the exit code."""
    if unknown := sorted({*names} - {*IMAGES}):
        print(f"no such image: {', '.join(unknown)}; there are {', '.join(IMAGES)}", file=sys.stderr)
        return 2
    engine = find_engine()
    if engine is None:
        print(f"no engine here that answers ({', '.join(ENGINES)}): no image was built", file=sys.stderr)
        return 4
    for name in names or IMAGES:
        command = [engine, "build", "--file", str(FOLDER / name / "Dockerfile"), "--tag", f"mlproject-{name}",
                   str(FOLDER.parent)]
        if code := subprocess.run(command, check=False).returncode:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
