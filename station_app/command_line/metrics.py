"""Opens the station's figures for Prometheus, where its file says so."""

import logging
from typing import TYPE_CHECKING

from station_app import __version__
from station_app.command_line.broadcast import Broadcast
from station_app.config import StationConfig
from station_app.core.errors import LinkError

if TYPE_CHECKING:
    from station_app.metrics.endpoint import MetricsEndpoint

log = logging.getLogger(__name__)


def open_metrics(config: StationConfig, told: Broadcast) -> "MetricsEndpoint | None":
    """None where nobody wants them, or the port cannot be had: the line runs without."""
    if config.metrics is None:
        return None
    from station_app.metrics.endpoint import MetricsEndpoint
    from station_app.metrics.metrics import Metrics

    metrics = Metrics(__version__)
    try:
        endpoint = MetricsEndpoint(config.metrics, metrics.registry)
    except LinkError as error:
        log.error("%s", error)
        return None
    told.add(metrics.hear)
    return endpoint
