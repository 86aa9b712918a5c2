"""Checks of words: what is asked, what earns a mark, who may be kept out; and how phrases are found."""
