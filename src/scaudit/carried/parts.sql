-- Parameter: table. Its parts as they were read.
select file, sheet, sha256, "rows", header from made.files where table_name = $1 order by nth;
