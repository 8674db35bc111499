"""The document: what a PDF carries beside its pages: attached data, marks, a seal, a signature."""
