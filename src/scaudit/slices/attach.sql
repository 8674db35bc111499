-- Parameter: the file of the results that are sliced.
attach $1 as whole (read_only);
