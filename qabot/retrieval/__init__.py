"""Finding the passages of a question: engines that match the ``Retriever`` protocol of ``qabot.answering``."""
