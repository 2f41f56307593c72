"""One picture of evidence, from both sides."""
