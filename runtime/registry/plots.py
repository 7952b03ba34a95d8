"""Pictures of a model card, drawn from the curves of the evaluation."""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_PARTS = 20
_INK, _PALE = "#1f4e79", "#b0b7bf"


class Plot(NamedTuple):
    """A picture: its file, and what it shows."""

    file: str
    caption: str


def draw_plots(folder: Path, evaluation: Mapping[str, Any]) -> list[Plot]:
    """Draw what the evaluation has curves for; return the pictures in their order."""
    import matplotlib as mpl

    mpl.use("Agg")
    # Names of slices are data: no formula is made of a dollar sign.
    with mpl.rc_context({"text.parse_math": False, "axes.spines.top": False, "axes.spines.right": False}):
        return [_drawn(folder, name, caption, draw) for name, caption, draw in _wanted(evaluation)]


def _wanted(evaluation: Mapping[str, Any]) -> Iterator[tuple[str, str, Callable[["Axes"], None]]]:
    curves = evaluation.get("curves", {})
    if curves.get("calibration"):
        yield ("calibration", "Probabilities as they were said, and how often they came true",
               partial(_calibration, bins=curves["calibration"]))
    if curves.get("roc"):
        yield "roc", "Receiver operating characteristic", partial(_roc, points=curves["roc"])
    if len(curves.get("confusion", {}).get("classes", ())) > 2:
        yield "confusion", "Classes (down) and answers (across)", partial(_confusion, found=curves["confusion"])
    if curves.get("residuals"):
        yield ("residuals", "How far the truth lies above the predictions: median, and four fifths of the rows",
               partial(_residuals, bins=curves["residuals"]))
    for place, (column, metric, parts, overall) in enumerate(_parts(evaluation)):
        yield f"parts-{place}", f"{metric} by {column}", partial(_bars, parts=parts, overall=overall, metric=metric)


def _drawn(folder: Path, name: str, caption: str, draw: Callable[["Axes"], None]) -> Plot:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.2, 3.6), dpi=110, layout="constrained")
    FigureCanvasAgg(figure)
    draw(figure.add_subplot())
    with warnings.catch_warnings():
        # A character that the font does not have is drawn as a box.
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figure.savefig(folder / f"{name}.png", metadata={"Software": None})
    return Plot(f"{name}.png", caption)


def _calibration(axes: "Axes", bins: Sequence[Mapping[str, float]]) -> None:
    axes.plot([0, 1], [0, 1], color=_PALE, linewidth=1)
    axes.plot([one["said"] for one in bins], [one["happened"] for one in bins], color=_INK, marker="o", markersize=4)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="said", ylabel="came true")


def _roc(axes: "Axes", points: Sequence[Sequence[float]]) -> None:
    axes.plot([0, 1], [0, 1], color=_PALE, linewidth=1)
    axes.plot([point[0] for point in points], [point[1] for point in points], color=_INK)
    axes.set(xlim=(0, 1), ylim=(0, 1.01), xlabel="false positive rate", ylabel="true positive rate")


def _confusion(axes: "Axes", found: Mapping[str, Any]) -> None:
    counts, classes = found["counts"], [_short(label) for label in found["classes"]]
    shares = [[count / max(sum(row), 1) for count in row] for row in counts]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(classes)), classes, rotation=90 if len(classes) > 6 else 0)
    axes.set_yticks(range(len(classes)), classes)
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            axes.text(column, row, str(count), ha="center", va="center", fontsize=7,
                      color="white" if shares[row][column] > 0.5 else "black")


def _residuals(axes: "Axes", bins: Sequence[Mapping[str, float]]) -> None:
    at = [one["predicted"] for one in bins]
    axes.axhline(0, color=_PALE, linewidth=1)
    axes.fill_between(at, [one["p10"] for one in bins], [one["p90"] for one in bins], color=_INK, alpha=0.2)
    axes.plot(at, [one["p50"] for one in bins], color=_INK, marker="o", markersize=4)
    axes.set(xlabel="predicted", ylabel="truth minus prediction")


def _parts(evaluation: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, float], float | None]]:
    """Yield column, metric, its value for each part, and overall: one metric for each column is a picture."""
    metric = next((name for name in ("accuracy", "rmse", "ndcg", "anomaly_rate") if name in evaluation["metrics"]),
                  next(iter(sorted(evaluation["metrics"])), None))
    if metric is None:
        return
    for column, found in sorted({**evaluation.get("slices", {}), **evaluation.get("groups", {})}.items()):
        values = {part: one["metrics"].get(metric) for part, one in found["measured"].items()}
        known = {part: value for part, value in values.items() if value is not None}
        if known:
            yield column, metric, dict(list(known.items())[:_MOST_PARTS]), evaluation["metrics"][metric]["value"]


def _bars(axes: "Axes", parts: Mapping[str, float], overall: float | None, metric: str) -> None:
    names = [_short(part) for part in parts]
    axes.barh(range(len(names)), list(parts.values()), color=_INK, height=0.6)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    if overall is not None:
        axes.axvline(overall, color=_PALE, linestyle="--", linewidth=1)
    axes.set_xlabel(f"{metric} (dashed: all rows)")


def _short(text: str) -> str:
    plain = "".join(character if character.isprintable() else " " for character in text)
    return plain if len(plain) <= 24 else f"{plain[:23]}…"
