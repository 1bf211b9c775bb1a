"""Reading answers: a small span reader (int8 ONNX) that matches the ``Reader`` protocol of ``qabot.answering``."""
