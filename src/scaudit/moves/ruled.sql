-- Every move between two rulesets has the rules as its cause: the records are the same.
create or replace table result.movements as
select * exclude (high, low), 'rules' as cause from step.moved;
create or replace table result.movers (criterion_id varchar, reading varchar, together boolean, evidence_id varchar);
create or replace table result.changed (
    criterion_id varchar, evidence_id varchar, lead_id varchar, grade integer, disposition_from varchar,
    disposition_to varchar
);
