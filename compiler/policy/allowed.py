"""The built-in functions that policies may call.

They are deterministic, and the embedded engine and OPA agree on them. Left out: network
(`http.send`, `net.lookup_ip_addr`), environment (`opa.runtime`), clock, randomness (`rand.intn`,
`uuid.rfc4122`), what only one engine has (`io.jwt.*`, `crypto.*`, `net.cidr_merge`), and what the
two answer differently (`json.patch`, `yaml.*`, `json.match_schema`, `strings.count` of "").
"""

ALLOWED = frozenset((
    "abs", "array.concat", "array.reverse", "array.slice", "base64.decode", "base64.encode",
    "base64.is_valid", "bits.and", "bits.or", "bits.xor",
    "bits.lsh", "bits.rsh", "bits.negate", "ceil", "concat", "contains", "count", "endswith", "floor",
    "format_int", "glob.match", "glob.quote_meta",
    "graph.reachable", "hex.decode", "hex.encode", "indexof", "indexof_n", "intersection", "is_array",
    "is_boolean", "is_null", "is_number", "is_object",
    "is_set", "is_string", "json.filter", "json.is_valid", "json.marshal", "json.remove", "json.unmarshal",
    "lower", "max", "min", "net.cidr_contains",
    "net.cidr_is_valid", "numbers.range", "object.filter", "object.get", "object.keys", "object.remove",
    "object.subset", "object.union",
    "object.union_n", "product", "regex.find_n", "regex.is_valid", "regex.match", "regex.replace",
    "regex.split", "replace", "round", "semver.compare",
    "semver.is_valid", "set", "sort", "split", "sprintf", "startswith", "strings.any_prefix_match",
    "strings.any_suffix_match", "strings.replace_n",
    "strings.reverse", "substring", "sum", "time.parse_duration_ns", "time.parse_rfc3339_ns", "to_number",
    "trim", "trim_left", "trim_prefix",
    "trim_right", "trim_space", "trim_suffix", "type_name", "union", "units.parse", "units.parse_bytes",
    "upper", "walk",
))

ALLOWED_IN_TESTS = ALLOWED | {"print"}

REFUSED = frozenset((
    "http.send", "net.lookup_ip_addr", "opa.runtime", "rand.intn", "time.now_ns", "trace", "uuid.rfc4122",
    "uuid.parse", "time.clock", "time.date",
    "time.add_date", "time.diff", "time.format", "time.parse_ns", "time.weekday", "json.patch",
    "yaml.unmarshal", "yaml.marshal", "yaml.is_valid",
    "json.match_schema", "json.verify_schema", "json.marshal_with_options", "strings.count",
    "net.cidr_expand", "numbers.range_step",
    "regex.find_all_string_submatch_n", "regex.template_match", "graph.reachable_paths",
))
"""What the embedded engine knows and policies may not call."""

RESERVED = frozenset(name.partition(".")[0] for name in ALLOWED | REFUSED) | {
    "input", "data", "rego", "print", "crypto", "io", "graphql", "cast_array", "cast_boolean", "cast_null",
    "cast_object", "cast_set", "cast_string", "minus", "plus", "mul", "div", "rem", "eq", "neq", "lt", "lte",
    "gt", "gte", "and", "or",
}
"""First parts of built-in names: no rule and no import may be called like one, or one engine calls the
rule and the other the built-in."""
