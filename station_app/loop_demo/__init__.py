"""The whole loop in one command: a weak champion, a line with people, records sent, a candidate trained, judged, tried.

Everything but the people is the real thing: the station's engine, its records, the courier, the dataset, the gate, the
channel. The truth of each part is known here and nowhere else.
"""
