"""The screens for a line-scan camera: waterfall, column profile, read-outs, roll, flat field."""
