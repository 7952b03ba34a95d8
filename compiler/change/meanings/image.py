"""Images: which programs run."""

from collections.abc import Iterator

from compiler.change.leaves import arrow
from compiler.change.meaning import Between, Meaning
from compiler.change.sides import Change


def image(change: Change) -> Iterator[Meaning]:
    """Yield another image of the pipeline or the server, and one that is no longer pinned by content."""
    for section, what in (("training", "pipeline"), ("deployment", "server")):
        old, new = change.values(section, "image")
        if old == new:
            continue
        is_loose = "@sha256:" in (old or "") and "@sha256:" not in (new or "")
        yield change.says(
            f"image/{'unpinned' if is_loose else section}",
            "critical" if is_loose else "high",
            f"image of the {what} {'is no longer pinned: ' if is_loose else ''}{arrow(_short(old), _short(new))}",
            at=(section, "image"),
        )


def _short(image: str | None) -> str | None:
    """Return an image with as much of its digest as a person compares."""
    name, at, digest = (image or "").partition("@sha256:")
    return f"{name}{at}{digest[:12]}" if image else None


FAMILY = Between("image", image)
