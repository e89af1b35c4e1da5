"""`/metrics` over plain HTTP, for this computer alone unless the station file says otherwise."""

from prometheus_client import CollectorRegistry, start_http_server

from station_app.config import MetricsSetup
from station_app.core.errors import LinkError


class MetricsEndpoint:
    """Answers from the moment it is made until `close`, on threads of its own."""

    def __init__(self, setup: MetricsSetup, registry: CollectorRegistry) -> None:
        """LinkError where the port cannot be had."""
        try:
            self._server, self._thread = start_http_server(setup.port, setup.address, registry)
        except OSError as error:
            where, remedy = f"{setup.address}, port {setup.port}", "choose another port in [metrics]"
            raise LinkError(f"the metrics cannot be told: {error.strerror}", where=where, remedy=remedy) from error

    @property
    def port(self) -> int:
        return int(self._server.server_port)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
