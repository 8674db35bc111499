-- One Parquet file. Its records count from 1.
select {columns}, {file} as _file, null::varchar as _sheet, file_row_number + 1 as _row
from read_parquet({path}, file_row_number = true)
