-- changed_records: what changed of the records of moved criteria, with what became of each on both sides.
create or replace table {home}.result.changed as
select criterion_id, evidence_id, lead_id, grade, disposition_from, disposition_to from step.changed;
