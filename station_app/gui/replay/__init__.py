"""The recorded parts judged again by a revision that is looked at: started, followed, stopped, and what came of it."""
