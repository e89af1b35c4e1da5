"""The colours of a theme for Qt's own widgets: fields, lists and trees. GUI thread."""

from PySide6.QtGui import QColor, QPalette

from station_app.gui.theme import Theme


def palette_of(theme: Theme) -> QPalette:
    """For the Fusion style; a widget's children take it over."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    colours = {
        role.Window: theme.background,
        role.WindowText: theme.ink,
        role.Base: theme.face,
        role.AlternateBase: theme.background,
        role.Text: theme.ink,
        role.Button: theme.face,
        role.ButtonText: theme.ink,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.ink,
        role.HighlightedText: theme.background,
        role.Mid: theme.line,
        role.Dark: theme.line,
        role.Light: theme.face,
        role.ToolTipBase: theme.face,
        role.ToolTipText: theme.ink,
    }
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.ButtonText, role.WindowText):
        palette.setColor(group.Disabled, which, QColor(theme.disabled.ink))
    palette.setColor(group.Disabled, role.Base, QColor(theme.disabled.fill))
    return palette
