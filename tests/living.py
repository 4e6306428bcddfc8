"""How random lives are lived: long, in a database, each with marketplaces of its own."""

from hypothesis import HealthCheck, Phase, settings

LIVED = settings(
    deadline=None,
    # a life costs seconds, and making a failed one shorter would cost hundreds of them: it is said as it was
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
