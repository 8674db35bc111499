select rowid + 1 as row, line, fault from reading_json where fault <> 'blank' order by row
