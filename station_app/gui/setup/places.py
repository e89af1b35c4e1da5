"""Where the pieces of the set-up screen go. Pure; depends on the room and on nothing that is written in it."""

from dataclasses import dataclass

from station_app.gui.millimetres import Millimetres, Spot

_LEFT_MM = 46.0
_RIGHT_SHARE, _RIGHT_MM = 0.34, (105.0, 150.0)
_HEADER_MM, _ROW_MM, _TAB_MM, _ACTION_MM = 12.0, 14.0, 12.0, 20.0
_TOOLS_MM = 20.0
_NOTE_MM = 18.0


@dataclass(frozen=True, slots=True)
class SetupPlaces:
    """Left cameras and what is done with one, in the middle its picture, right what is known about it. `middle` is all
    that the picture and what belongs to it take."""

    cameras: Spot
    shoot: Spot
    shoot_note: Spot
    header: Spot
    tools: Spot
    canvas: Spot
    overlays: Spot
    middle: Spot
    tabs: Spot
    panel: Spot


def place_setup(width: int, height: int, mm: Millimetres, tab_rows: int = 1) -> SetupPlaces:
    """`tab_rows` of buttons stand above the panel."""
    px = mm.px
    gap, small = px(2.5), px(1.5)
    left = px(_LEFT_MM)
    right = min(max(round(width * _RIGHT_SHARE), px(_RIGHT_MM[0])), px(_RIGHT_MM[1]))
    middle_x, right_x = left + gap, width - right
    middle = right_x - gap - middle_x
    header, row, action, note = px(_HEADER_MM), px(_ROW_MM), px(_ACTION_MM), px(_NOTE_MM)
    picture_y, picture_bottom = header + small, height - row - small
    tools = px(_TOOLS_MM)
    tabs = tab_rows * (px(_TAB_MM) + small)
    return SetupPlaces(
        cameras=Spot(0, 0, left, height - action - note - 2 * small),
        shoot_note=Spot(0, height - action - small - note, left, note),
        shoot=Spot(0, height - action, left, action),
        header=Spot(middle_x, 0, middle, header),
        tools=Spot(middle_x, picture_y, tools, picture_bottom - picture_y),
        canvas=Spot(middle_x + tools + small, picture_y, middle - tools - small, picture_bottom - picture_y),
        overlays=Spot(middle_x, height - row, middle, row),
        middle=Spot(middle_x, 0, middle, height),
        tabs=Spot(right_x, 0, right, tabs),
        panel=Spot(right_x, tabs, right, height - tabs),
    )
