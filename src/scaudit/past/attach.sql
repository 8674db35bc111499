-- Parameter: the file of a run's inputs.
attach $1 as {alias} (read_only);
