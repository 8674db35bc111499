"""The statistics that indicators need: numbers in, numbers out, with the published source of every method.

Nothing here knows of tables, files or programmes. Periods are whole numbers (months, say); a method that cannot be
used on what it was given raises NotComputableError, whose text says what it needs.
"""
