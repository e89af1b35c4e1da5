"""How the tabs of charts are made: each is imported when it is first opened, so that no start pays for it."""

from station_app.gui.history.tab import HistoryTab
from station_app.gui.link import PartArchive
from station_app.gui.look import Look
from station_app.gui.marking import QT_TRANSLATE_NOOP
from station_app.gui.page_makers import PageTools


def make_spc(tools: PageTools, look: Look) -> HistoryTab:
    from station_app.gui.charts.spc_tab import make_spc as make

    return make(tools, look)


def make_pareto(tools: PageTools, look: Look) -> HistoryTab:
    from station_app.gui.charts.pareto_tab import make_pareto as make

    return make(tools, look)


def make_yield(tools: PageTools, look: Look) -> HistoryTab:
    from station_app.gui.charts.yield_tab import make_yield as make

    return make(tools, look)


def make_sample(tools: PageTools, look: Look) -> HistoryTab:
    from station_app.gui.charts.sample_tab import make_sample as make

    return make(tools, look)


def make_drift(tools: PageTools, look: Look) -> HistoryTab:
    from station_app.gui.charts.drift_tab import make_drift as make

    return make(tools, look)


def make_team(tools: PageTools, look: Look) -> HistoryTab:
    from station_app.gui.charts.team_tab import make_team as make

    return make(tools, look)


def load_charts(_: PartArchive) -> None:
    """Import what the tabs are made of and drawn with: the first of them then opens at once. Off the GUI thread."""
    from station_app.gui.charts import chart_box, drift_tab, pareto_tab, sample_tab, spc_tab, team_tab, yield_tab

    del chart_box, drift_tab, pareto_tab, sample_tab, spc_tab, team_tab, yield_tab


CHART_TABS = (
    (QT_TRANSLATE_NOOP("HistoryTab", "SPC"), make_spc),
    (QT_TRANSLATE_NOOP("HistoryTab", "Pareto"), make_pareto),
    (QT_TRANSLATE_NOOP("HistoryTab", "Yield"), make_yield),
    (QT_TRANSLATE_NOOP("HistoryTab", "Escapes"), make_sample),
    (QT_TRANSLATE_NOOP("HistoryTab", "Drift"), make_drift),
    (QT_TRANSLATE_NOOP("HistoryTab", "Team"), make_team),
)
