"""Writing: a document of a few kinds of block, put down as Markdown or as HTML."""
