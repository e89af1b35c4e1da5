"""Model packages and their use: one image in, findings out. The only room that knows ONNX Runtime."""
