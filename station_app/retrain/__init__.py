"""From records that came back to a model that is offered: each step files in, files out, and never a worse one."""
