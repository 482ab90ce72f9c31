"""
What the page is given: plain values, ready to be written as JSON, and how each is made.

A file for each thing that the page shows; `page` puts them together.
"""
