-- Parameter: the file of the results that were published last.
attach $1 as published (read_only);
