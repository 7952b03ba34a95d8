"""Quantities, durations, schedules, networks and names are read as the cluster reads them."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler.cron import cron_problem, is_timezone
from compiler.verify.depends import parse_depends
from compiler.verify.durations import is_argo_duration, is_go_duration, prometheus_milliseconds
from compiler.verify.names import is_file_key, is_label_value, is_port_name, is_qualified_key, is_service_name
from compiler.verify.networks import parse_network
from compiler.verify.patterns import compiled
from compiler.verify.promql import promql_problem, template_problem
from compiler.verify.quantities import nano


@pytest.mark.parametrize(
    ("smaller", "larger"),
    [
        ("999m", "1"),
        ("1", "1001m"),
        ("1G", "1Gi"),
        ("1023Mi", "1Gi"),
        ("0.5", "501m"),
        ("1e3", "1001"),
        ("1500u", "2m"),
        ("1", "1k"),
        (".5Gi", "513Mi"),
        ("1E", "1Ei"),
        ("12e-1", "1.3"),
    ],
)
def test_quantities_compare(smaller: str, larger: str) -> None:
    assert (nano(smaller) or 0) < (nano(larger) or 0)


@pytest.mark.parametrize(
    "text", ["", "1GB", "1 Gi", "Gi", "one", "1..5", "1.5.5", "--1", "1ee3", "1e", "٣", "1e99", "0x1"]
)
def test_what_is_no_quantity(text: str) -> None:
    assert nano(text) is None


@pytest.mark.parametrize(
    ("text", "is_go", "is_argo", "milliseconds"),
    [
        ("1h30m", True, True, 5_400_000),
        ("90s", True, True, 90_000),
        ("1.5h", True, True, None),
        ("60", False, True, None),
        ("1d", False, False, 86_400_000),
        ("1m1h", True, True, None),
        ("5m5m", True, True, None),
        ("0", True, True, 0),
        ("", False, False, None),
        ("5 m", False, False, None),
        ("h", False, False, None),
        ("1x", False, False, None),
        ("1w2d", False, False, 777_600_000),
        ("100ms", True, True, 100),
        ("-5m", False, False, None),
    ],
)
def test_durations(text: str, is_go: bool, is_argo: bool, milliseconds: int | None) -> None:
    assert (is_go_duration(text), is_argo_duration(text), prometheus_milliseconds(text)) == (
        is_go,
        is_argo,
        milliseconds,
    )


@pytest.mark.parametrize(
    "line", ["* * * * *", "*/5 0-6 1,15 JAN-MAR mon-fri", "0 0 ? * *", "@daily", "5/10 * * * *", "0 22-23/1 * * 0"]
)
def test_schedules_that_start(line: str) -> None:
    assert cron_problem(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 7",
        "5-1 * * * *",
        "*/0 * * * *",
        "a * * * *",
        "@noon",
        "@every 5m",
        "CRON_TZ=UTC * * * * *",
        "1- * * * *",
        "* * * * mon-",
        "٣ * * * *",
    ],
)
def test_schedules_that_do_not(line: str) -> None:
    assert cron_problem(line) is not None


@pytest.mark.parametrize(
    ("zone", "exists"),
    [
        ("UTC", True),
        ("Europe/Berlin", True),
        ("America/Argentina/Ushuaia", True),
        ("Europe/Berlim", False),
        ("", False),
        ("../UTC", False),
    ],
)
def test_time_zones(zone: str, exists: bool) -> None:
    assert is_timezone(zone) is exists


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("a", ["a"]),
        ("a && b", ["a", "b"]),
        ("(a.Failed || b) && !c.Skipped", ["a", "b", "c"]),
        ("!(a)", ["a"]),
    ],
)
def test_depends_that_parses(text: str, tasks: list[str]) -> None:
    parsed = parse_depends(text)
    assert ([need.task for need in parsed.needs], parsed.problem) == (tasks, "")


@pytest.mark.parametrize(
    "text", ["", "a &&", "a & b", "a b", "(a", "a)", "&& a", "a.", "a.succeeded", "!", "a || || b", "a == b"]
)
def test_depends_that_does_not(text: str) -> None:
    assert parse_depends(text).problem


NETWORKS = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)).map(str)


@given(NETWORKS, st.integers(0, 130))
def test_networks_are_those_of_the_standard_library(address: str, prefix: int) -> None:
    text = f"{address}/{prefix}"
    try:
        expected = ipaddress.ip_network(text)
    except ValueError:
        assert parse_network(text) is None
        return
    found = parse_network(text)
    assert found is not None
    assert found.address == int(expected.network_address)


@pytest.mark.parametrize(
    "text",
    [
        "10.0.0.0",
        "10.0.0/8",
        "010.0.0.0/8",
        "10.0.0.256/32",
        ":::/8",
        "::/129",
        "g::/8",
        "1:2:3:4:5:6:7:8:9/128",
        "::1::/128",
        "10.0.0.0/-1",
        "10.0.0.0/ 8",
        "",
    ],
)
def test_what_is_no_network(text: str) -> None:
    assert parse_network(text) is None


@pytest.mark.parametrize(
    ("predicate", "good", "bad"),
    [
        (is_label_value, ["", "a", "A.b_c-1", "a" * 63], ["-a", "a-", "a b", "a/b", "a" * 64, "é"]),
        (is_qualified_key, ["a", "a/b", "a.b/c_d"], ["", "/a", "a/", "A/b", "a/b/c", "a b"]),
        (is_service_name, ["a", "a-1"], ["1a", "a_b", "A", "", "a-", "a" * 64]),
        (is_file_key, ["a", ".a", "A_b-c.d"], ["", ".", "..", "..a", "a/b", "a b"]),
        (is_port_name, ["http", "h2c", "a-b"], ["", "80", "a--b", "-a", "A", "a" * 16]),
    ],
)
def test_names(predicate: object, good: list[str], bad: list[str]) -> None:
    assert callable(predicate)
    assert [text for text in good if not predicate(text)] == []
    assert [text for text in bad if predicate(text)] == []


@pytest.mark.parametrize(
    "expression",
    [
        "up",
        'sum by (a) (rate(x{a="b",c=~"d|e",}[5m])) > 0.5',
        "x{}",
        "x{a='b'} # (comment",
        'x{a="}"}',
        '{"utf8.name"}',
        '{"utf8.name", a="b"}',
        "x{a=`raw\\`}",
        'x{a="\\""}',
        "a / on (b) group_left () c offset 1h",
        "max_over_time(x[1h:5m])",
    ],
)
def test_expressions_that_hold_together(expression: str) -> None:
    assert promql_problem(expression) is None


@pytest.mark.parametrize(
    "expression",
    [
        "",
        " ",
        "sum(x",
        "sum(x))",
        "x[5m",
        "x{a=b}",
        'x{a="b}',
        'x{a"b"}',
        'x{"b"=}',
        'x{a="b" c="d"}',
        "x{,}",
        "(x]",
        "'",
        'x{a="b"} or vector(1',
        'x{a=="b"}',
    ],
)
def test_expressions_that_do_not(expression: str) -> None:
    assert promql_problem(expression) is not None


@pytest.mark.parametrize(
    ("text", "is_good"),
    [
        ("no template", True),
        ("{{ $value }}", True),
        ("{{ $labels.a }} {{ $value | humanize }}", True),
        ('{{ printf "%.2f" $value }}', True),
        ('{{ $value | printf "%.1f%%" }}', False),
        ("{{ query `up` }}", False),
        ("{{ $value", False),
        ("{{ with query `up` }}", False),
        ("{{ .Labels.a | title }}", True),
        ("{{ define `x` }}", False),
    ],
)
def test_alert_templates(text: str, is_good: bool) -> None:
    assert (template_problem(text) is None) is is_good


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("^a$", ["a"], ["a\n", "ab"]),
        (r"^a\z", ["a"], ["a\n"]),
        ("^a(?i)b$", ["ab", "aB"], ["Ab"]),
        ("^(a(?i)b|c)d$", ["aBd", "cd", "Cd"], ["aBD", "ABd"]),
        ("^[[:alpha:]]+$", ["abc"], ["a1", "["]),
        ("^[^$]$", ["a"], ["$"]),
        (r"^\d$", ["1"], ["٣"]),
        (r"^[]a]$", ["]", "a"], ["b"]),
        (r"^\$$", ["$"], ["a"]),
        (r"^[\]$]$", ["]", "$"], ["a"]),
    ],
)
def test_patterns_of_go(pattern: str, good: list[str], bad: list[str]) -> None:
    assert [text for text in good if not compiled(pattern).search(text)] == []
    assert [text for text in bad if compiled(pattern).search(text)] == []
