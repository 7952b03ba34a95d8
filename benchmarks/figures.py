"""What we promise about speed and memory, and the word for how a measurement stands to it."""

from typing import NamedTuple

from benchmarks.measuring import Pairing, Ratio


class Figure(NamedTuple):
    """One promise: what of ours is held against which peer, and the two bounds of the ratio.

    A speedup is the peer's cost divided by ours and must be at least the bound; every other ratio is
    our cost divided by the peer's and must be at most the bound. None promises nothing.
    """

    title: str
    ours: str
    peer: str
    quantity: str
    must: float | None
    aim: float | None
    is_speedup: bool = False

    def ratio(self, pairing: Pairing, quantity: str = "") -> Ratio:
        """Return the ratio that the bounds speak of, of this figure's quantity or another one."""
        measured = quantity or self.quantity
        return pairing.speedup(measured) if self.is_speedup else pairing.ratio(measured)

    def verdict(self, ratio: float) -> str:
        """Return `aimed`, `met` or `missed`; nothing where nothing is promised."""
        if self.must is None or self.aim is None:
            return "-"
        if self._holds(ratio, self.aim):
            return "aimed"
        return "met" if self._holds(ratio, self.must) else "missed"

    def _holds(self, ratio: float, bound: float) -> bool:
        return ratio >= bound if self.is_speedup else ratio <= bound


WALL, MEMORY = "wall_seconds", "peak_mib"
FIGURES = (
    Figure("--help, of python -c pass", "help", "python", WALL, 4, 3),
    Figure("one spec cold, of python -c pass", "compile", "python", WALL, 12, 9),
    Figure("one spec cold, faster than kfp", "compile", "kfp", WALL, 5, 7, is_speedup=True),
    Figure("one spec cold, faster than hera", "compile", "hera", WALL, None, None, is_speedup=True),
    Figure("one spec cold, faster than Kapitan", "compile", "kapitan", WALL, 13, 18, is_speedup=True),
    Figure("one spec cold, of kustomize", "compile", "kustomize", WALL, 0.8, 0.6),
    Figure("peak memory, of kfp", "compile", "kfp", MEMORY, 0.6, 0.45),
    Figure("peak memory, of hera", "compile", "hera", MEMORY, None, None),
    Figure("peak memory, of Kapitan", "compile", "kapitan", MEMORY, None, None),
    Figure("peak memory, of kustomize", "compile", "kustomize", MEMORY, None, None),
    Figure("no change, of one spec cold", "again", "compile", WALL, None, None),
)
