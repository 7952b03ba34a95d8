"""Drawings of a pipeline: what a reviewer sees, and what a name cannot do to them."""

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compiler.graph.captions import captions
from compiler.graph.edges import Edge, depths, edges
from compiler.graph.layout import Box, layout
from compiler.graph.mermaid import mermaid
from compiler.graph.svg import svg
from compiler.ir.pipeline import Distribution, Gate, Pipeline
from tests.targets.plans import minimal, pipeline, step

SVG = "{http://www.w3.org/2000/svg}"


def small() -> Pipeline:
    found = minimal().pipeline
    assert found is not None
    return found


def texts(picture: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(picture).iter(f"{SVG}text")]


def of_shape(picture: str, shape: str) -> list[str]:
    return [node.attrib["class"] for node in ElementTree.fromstring(picture).iter(f"{SVG}{shape}")]


def chain(*names: str) -> Pipeline:
    """Return steps of which each follows all before it."""
    steps = tuple(step("train", name=name, after=names[:index]) for index, name in enumerate(names))
    return small()._replace(steps=steps)


def test_an_arrow_that_others_imply_is_left_out() -> None:
    assert [(edge.source, edge.target) for edge in edges(chain("a", "b", "c"))] == [("a", "b"), ("b", "c")]


@pytest.mark.parametrize(("waiting", "targets"), [
    pytest.param(("export",), ["export"], id="one step waits"),
    pytest.param(("export", "sign", "register", "promote"), ["export"], id="all behind it wait too"),
    pytest.param(("export", "promote"), ["export", "promote"], id="one waits behind others that do not")])
def test_the_first_step_behind_the_gates_has_an_arrow_from_them(waiting: tuple[str, ...], targets: list[str]) -> None:
    steps = tuple(each._replace(only_if="gates" if each.name in waiting else None) for each in pipeline().steps)
    drawn = edges(pipeline()._replace(steps=steps))
    assert [edge.target for edge in drawn if edge.is_gated] == targets


def test_every_step_stands_below_those_that_it_needs() -> None:
    depth = depths(pipeline(), edges(pipeline()))
    assert all(depth[edge.source] < depth[edge.target] for edge in edges(pipeline()))
    assert depth["register"] > depth["profile"] + 1


def test_boxes_never_touch() -> None:
    wide = small()._replace(steps=(step("ingest"), *(
        step("train", name=f"t{index}", after=("ingest",)) for index in range(9)), step(
        "evaluate", after=tuple(f"t{index}" for index in range(0, 9, 2)))))
    arrows = edges(wide)
    sizes = {each.name: (60.0 + 20 * index, 40.0) for index, each in enumerate(wide.steps)}
    places = layout(sizes, depths(wide, arrows), arrows)
    assert not any(overlap(one, other) for one, other in combinations(places.boxes.values(), 2))
    assert all(box.x - box.width / 2 >= 0 and box.x + box.width / 2 <= places.width for box in places.boxes.values())


def overlap(one: Box, other: Box) -> bool:
    return (abs(one.x - other.x) < (one.width + other.width) / 2
            and one.y < other.y + other.height and other.y < one.y + one.height)


def test_a_long_arrow_leads_around_the_boxes_between() -> None:
    arrows = (Edge("a", "b", (), False), Edge("b", "c", (), False), Edge("a", "c", (), False))
    places = layout(dict.fromkeys("abc", (50.0, 20.0)), {"a": 0, "b": 1, "c": 2}, arrows)
    [bend] = next(route for route in places.routes if route.edge == arrows[2]).stops[1:-1]
    assert not overlap(bend, places.boxes["b"])


def test_the_picture_names_every_step_and_what_it_runs_on() -> None:
    words = texts(svg(pipeline()))
    assert {each.name for each in pipeline().steps} | {"notify"} <= set(words)
    assert "8 CPU, 32 GiB, 1 × nvidia-a100-40gb" in words
    assert "8 runs, 4 at once" in words
    assert "at exit, whatever happened" in words


def test_gates_look_different_and_say_what_they_ask_for() -> None:
    picture = svg(pipeline())
    assert of_shape(picture, "polygon") == ["gate"]
    assert {"roc_auc", "calibration (warn)", "needs a pass of gates"} <= set(texts(picture))


def test_the_step_at_exit_looks_different() -> None:
    assert of_shape(svg(pipeline()), "rect").count("exit") == 1
    assert "exit" not in of_shape(svg(pipeline()._replace(at_exit=None)), "rect")


def test_many_gates_are_counted_not_listed() -> None:
    gates = tuple(Gate(f"g{index}", "metric", "block", {}, ()) for index in range(9))
    assert "and 3 more" in texts(svg(pipeline()._replace(gates=gates)))


def test_several_nodes_are_said() -> None:
    spread = step("train", distribution=Distribution("ray", 4, ()))
    assert "4 nodes, ray" in captions(small(), spread)


def test_the_picture_fits_a_dark_page_and_asks_nothing_of_the_network() -> None:
    picture = svg(pipeline())
    assert "prefers-color-scheme:dark" in picture
    assert re.findall(r"https?://[^\"]*", picture) == ["http://www.w3.org/2000/svg"]
    assert "<script" not in picture


def test_a_pipeline_of_nothing_can_be_drawn() -> None:
    empty = small()._replace(steps=())
    assert texts(svg(empty)) == []
    assert mermaid(empty).startswith("flowchart TD\n")


def test_the_flowchart_shows_what_passes_between_steps() -> None:
    lines = [line.strip() for line in mermaid(pipeline()).splitlines()]
    assert 'step_tune -->|"trials"| step_train' in lines
    assert 'step_ingest["<b>ingest</b><br>2 CPU, 4 GiB"]:::step' in lines
    assert any(line.startswith('step_gates{{"') for line in lines)
    assert any(line.startswith('step_notify(["') for line in lines)
    assert 'step_promote -.->|"at exit, whatever happened"| step_notify' in lines


def test_both_are_the_same_every_time() -> None:
    assert svg(pipeline()) == svg(pipeline())
    assert mermaid(pipeline()) == mermaid(pipeline())


HOSTILE = st.one_of(st.text(), st.sampled_from([
    "end", "graph", "<script>alert(1)</script>", '"]; click x "javascript:alert(1)"', "%%{init: {}}%%", "a --> b",
    "&#x3c;", "]]>", "\x00", "\u202e", "subgraph", "style x fill:red", "</title>", "\n"]))


@settings(max_examples=150, deadline=None)
@given(name=HOSTILE, gate=HOSTILE)
def test_no_name_is_more_than_text_in_the_picture(name: str, gate: str) -> None:
    plain = ElementTree.fromstring(svg(drawn("x", "y")))
    hostile = ElementTree.fromstring(svg(drawn(name, gate)))
    assert [node.tag for node in hostile.iter()] == [node.tag for node in plain.iter()]


@settings(max_examples=150, deadline=None)
@given(name=HOSTILE, gate=HOSTILE)
def test_no_name_is_more_than_text_in_the_flowchart(name: str, gate: str) -> None:
    assert shape(mermaid(drawn(name, gate))) == shape(mermaid(drawn("x", "y")))


def drawn(name: str, gate: str) -> Pipeline:
    steps = (step("ingest", name=f"{name}-1"), step("gates", after=(f"{name}-1",)))
    return small()._replace(name=name, steps=steps, gates=(Gate(gate, "metric", "block", {}, ()),))


def shape(chart: str) -> str:
    """Return a flowchart without its texts and identifiers."""
    assert chart.isprintable() or chart.replace("\n", "").isprintable()
    without = re.sub(r"step_[A-Za-z0-9_]*", "id", chart)
    return re.sub(r"<b>[^<>\"\n]*</b>(<br>[^<>\"\n]*)*", "text", without)


@pytest.mark.parametrize("word", ["end", "graph", "subgraph", "click"])
def test_a_word_of_mermaid_can_be_the_name_of_a_step(word: str) -> None:
    assert f"step_{word}[" in mermaid(small()._replace(steps=(step("train", name=word),)))
