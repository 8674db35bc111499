-- One line a rejected record: a record with several faults keeps the gravest kind.
select min(byte_position) as byte, max(error_type::varchar) as kind, any_value(csv_line) as text
from reading_faults
group by line
order by byte
