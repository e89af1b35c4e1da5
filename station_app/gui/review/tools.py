"""What a finger on the image does: move it, or draw. Pure."""

from enum import StrEnum


class Tool(StrEnum):
    """HAND moves the image, and a tap with it chooses a shape."""

    HAND = "hand"
    BOX = "box"
    POLYGON = "polygon"
    BRUSH = "brush"
    ERASER = "eraser"


def next_tool(tool: Tool) -> Tool:
    """The one after it, round and round."""
    tools = tuple(Tool)
    return tools[(tools.index(tool) + 1) % len(tools)]
