-- Parameters: file, sheet. Rows without a file are those of the part just read.
update {target} set _file = $1, _sheet = $2 where _file is null
