-- The viewpoints of the project, in the order of their rows.
select viewpoint_id, label, body_kinds is null and source_ids is not null as documents
from clean.viewpoints order by _file, _sheet, _row;
