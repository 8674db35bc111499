-- Parameters: table, number, file, sheet, digest, rows, header.
insert into made.files values ($1, $2, $3, $4, $5, $6, $7);
