"""What the records say together, as tabs of the history: control charts, Pareto, yields, escapes, drift, the team."""
