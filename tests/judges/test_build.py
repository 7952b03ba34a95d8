"""A build leaves a whole tool or nothing, and one failure does not stop the rest."""

import pytest

from tests.judges import build, cache
from tests.judges.recipes import BuildError


@pytest.fixture
def recipes(tmp_path, monkeypatch):
    """Two recipes, `good` and `broken`, and an empty cache beside them."""
    for tool in ("broken", "good"):
        (tmp_path / "recipes" / tool).mkdir(parents=True)
        (tmp_path / "recipes" / tool / "go.mod").write_text(f"module judges/{tool}\n")
    monkeypatch.setattr(cache, "RECIPES", tmp_path / "recipes")
    monkeypatch.setattr(build, "RECIPES", tmp_path / "recipes")
    monkeypatch.setattr(build, "build_recipe", write_or_fail)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "recipes"


def write_or_fail(folder, output):
    output.write_text("half")
    if folder.name == "broken":
        raise BuildError("it does not compile")


def test_the_rest_is_built_after_a_failure(recipes, capsys):
    assert build.main([]) == 1
    assert "broken: FAILED after 0 s: it does not compile" in capsys.readouterr().out
    assert [path.name for path in cache.cache_root().iterdir()] == [cache.binary_path("good").parent.name]


def test_what_is_built_is_not_built_again(recipes, capsys):
    assert build.main(["good"]) == 0
    assert build.main(["good"]) == 0
    assert "good: already built" in capsys.readouterr().out


def test_a_changed_recipe_is_another_tool(recipes):
    before = cache.binary_path("good")
    (recipes / "good" / "ldflags").write_text("-X main.version=2\n")
    assert cache.binary_path("good") != before


def test_an_unknown_tool_is_refused(recipes, capsys):
    with pytest.raises(SystemExit):
        build.main(["better"])
    assert "no such judge: better; there are broken, good" in capsys.readouterr().err
