update {target} as t set _row = l.line from reading_lines as l where t.rowid = l.rid
