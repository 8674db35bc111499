-- One sheet of a workbook, which was copied as text.
select {columns}, {file} as _file, {sheet} as _sheet, _row
from {copy}
