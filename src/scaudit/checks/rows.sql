select rowid as rid, * exclude (_file, _sheet, _row) from {raw}
