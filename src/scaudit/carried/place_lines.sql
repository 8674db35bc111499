-- Parameters: file, how many rows of it stand before those that are incoming.
update incoming set _file = $1, _row = _row + $2;
