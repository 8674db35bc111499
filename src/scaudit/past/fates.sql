-- Parameter: side. What became of every record that is not the same in both runs, in the verified reading of one.
insert into {home}.past.fates
select $1, evidence_id, criterion_id, grade, disposition
from step.admitted
where reading_id = $1 || '/verified'
    and evidence_id in (select "key" from {home}.past.changes where table_name = 'evidence');
