"""Time and threads: from a trigger to a recorded verdict, and the door for the GUI. No Qt, no SQL, no pixels judged."""
