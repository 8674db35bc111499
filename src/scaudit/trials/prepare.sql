-- What a trial scores, and what it leaves out: filled by who tries something.
create schema clean;
create table scope (reading_id varchar, criterion_id varchar);
create table exclusions (reading_id varchar, evidence_id varchar);
