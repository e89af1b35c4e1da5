"""All the Qt there is: the operator's screen, a client of the engine. Widgets live on the GUI thread."""
