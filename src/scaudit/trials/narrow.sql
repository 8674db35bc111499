-- In a trial for the same days only what counts in the audit can count, or what gives way to a successor or is one.
create or replace view clean.evidence as
select evidence.*
from {home}.clean.evidence as evidence
join {home}.result.records as records on records.evidence_id = evidence.evidence_id
where records.disposition in ('counted', 'replaced') or evidence.replaces is not null;
