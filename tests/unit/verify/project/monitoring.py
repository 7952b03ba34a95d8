"""Rules, targets and secrets."""

from tests.unit.verify.project.parts import LABELS, NAMESPACE, Body, body


def monitoring() -> list[Body]:
    rules = [
        {"record": "service:requests:rate5m", "expr": 'sum by (code) (rate(requests_total{namespace="risk"}[5m]))'},
        {
            "alert": "LatencyBudgetBurns",
            "expr": 'a{service=~"x|y"} > 0.5 and b{le="0.05"} offset 1h',
            "for": "5m",
            "keep_firing_for": "10m",
            "labels": {"severity": "critical"},
            "annotations": {
                "summary": "{{ $labels.service }} is at {{ $value | humanizePercentage }}",
                "runbook_url": "https://runbooks.example/latency",
            },
        },
    ]
    return [
        body(
            "monitoring.coreos.com/v1",
            "PrometheusRule",
            "card-fraud",
            spec={"groups": [{"name": "card-fraud.slo", "interval": "30s", "rules": rules}]},
        ),
        body(
            "monitoring.coreos.com/v1",
            "ServiceMonitor",
            "card-fraud",
            spec={
                "selector": {"matchLabels": {"app.kubernetes.io/component": "api"}},
                "namespaceSelector": {"matchNames": [NAMESPACE]},
                "endpoints": [
                    {
                        "port": "http",
                        "path": "/metrics",
                        "interval": "30s",
                        "scrapeTimeout": "10s",
                        "relabelings": [{"sourceLabels": ["a"], "targetLabel": "b", "action": "replace"}],
                    }
                ],
            },
        ),
        body(
            "external-secrets.io/v1",
            "ExternalSecret",
            "card-fraud",
            spec={
                "refreshInterval": "1h",
                "secretStoreRef": {"name": "vault", "kind": "ClusterSecretStore"},
                "target": {
                    "name": "card-fraud",
                    "creationPolicy": "Owner",
                    "deletionPolicy": "Retain",
                    "template": {
                        "type": "Opaque",
                        "metadata": {"labels": dict(LABELS)},
                        "data": {"token": "{{ .token }}"},
                    },
                },
                "data": [{"secretKey": "token", "remoteRef": {"key": "risk/card-fraud", "property": "token"}}],
                "dataFrom": [{"extract": {"key": "risk/shared"}}],
            },
        ),
    ]
