"""Doctor: what is wrong with an installation and its project, and how to mend it, in one line each."""
