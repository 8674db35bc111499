insert into {target} by name select filled(columns(* exclude (_row))), _row from reading_rows
