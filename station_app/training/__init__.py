"""From labelled images to a model package, and its honest evaluation. Needs the extra `training` (PyTorch, onnx)."""
