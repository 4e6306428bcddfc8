"""The numbers of the border; other domains keep theirs in the same registry of prometheus-client."""

from typing import Final

from prometheus_client import Counter, Histogram

REQUESTS: Final = Counter("xiaoer_http_requests", "Requests answered", ("method", "route", "status"))
SECONDS: Final = Histogram(
    "xiaoer_http_request_seconds",
    "Time from the first byte of a request to the last of its answer",
    ("route",),
    buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0),
)
FAULTS: Final = Counter("xiaoer_faults", "Requests that met a fault of the program", ("route",))
