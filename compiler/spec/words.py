"""The words that many parts of the spec share: names, units, references."""

from typing import Annotated

from compiler.spec.markers import Count, Number, Quantity, Scalar, Text

Name = Annotated[str, Text(r"[a-z]([-a-z0-9]*[a-z0-9])?", "a DNS-1035 label: lowercase letters, digits and `-`, "
                           "a letter first, at most 63 characters", ("card-fraud",), maximum=63)]
Identifier = Annotated[str, Text(r"[A-Za-z_][A-Za-z0-9_.-]*",
                                 "an identifier: letters, digits, `_`, `.` and `-`", ("roc_auc",), maximum=128)]
Line = Annotated[str, Text(r"[^\n\r]*", "one line of at most 500 characters", maximum=500)]
Duration = Annotated[str, Text(r"[1-9][0-9]{0,6}(ms|s|m|h|d|w)", "a duration such as 30m, 24h or 14d",
                               ("30m", "24h", "14d"))]
Day = Annotated[str, Text(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a day such as 2026-12-24",
                          ("2026-12-24",))]
Cpu = Annotated[str | int | float, Quantity(r"[1-9][0-9]{0,6}m|[0-9]{1,4}(\.[0-9]{1,3})?",
                                            "an amount of CPU such as 2 or 500m", (2, "500m"))]
Memory = Annotated[str, Text(r"[1-9][0-9]{0,8}(Ki|Mi|Gi|Ti|k|M|G|T)", "an amount of memory such as 512Mi or 4Gi",
                             ("512Mi", "4Gi"))]
Percentage = Annotated[int | float, Number(0, 100)]
Fraction = Annotated[int | float, Number(0, 1)]
AnyNumber = Annotated[int | float, Number()]
Positive = Annotated[int, Count(1)]
NonNegative = Annotated[int, Count(0)]
Value = Annotated[str | int | float | bool, Scalar()]
Cron = Annotated[str, Text(r"[^\s]+( [^\s]+){4}", "a cron line of five fields, such as `0 3 * * *`", ("0 3 * * *",))]
Timezone = Annotated[str, Text(r"[A-Za-z]+(/[A-Za-z0-9_+-]+){0,2}", "an IANA time zone such as Europe/Berlin",
                               ("Europe/Berlin",))]
Image = Annotated[str, Text(r"[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)*(:[A-Za-z0-9_.-]+)?(@sha256:[0-9a-f]{64})?",
                            "a container image such as ghcr.io/acme/train@sha256:...", maximum=400)]
Uri = Annotated[str, Text(r"[a-z][a-z0-9+.-]*:(//)?[A-Za-z0-9._~/?&=%+@,:-]*|[A-Za-z0-9._-][A-Za-z0-9._/-]*",
                          "a URI such as s3://bucket/path/, or a relative path", maximum=1000)]
HttpsUrl = Annotated[str, Text(r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/%-]*)?", "an http(s) URL")]
SecretReference = Annotated[str, Text(r"secret://[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*#[A-Za-z0-9._-]+",
                                      "a reference such as secret://risk/card-fraud#token",
                                      ("secret://risk/card-fraud#token",))]
EntryPoint = Annotated[str, Text(r"[A-Za-z_][A-Za-z0-9_.]*:[A-Za-z_][A-Za-z0-9_]*",
                                 "a Python entry point such as acme.train:fit", ("acme.train:fit",))]
Digest = Annotated[str, Text(r"sha256:[0-9a-f]{64}", "a digest such as sha256:<64 hex digits>")]
