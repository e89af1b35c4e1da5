"""Agreement studies: who judges which parts, blind, and what that says about people and model."""
