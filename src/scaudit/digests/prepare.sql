-- Numbers that stand for rows, by item, kind of row and table.
create or replace temp table told (item_id varchar, use varchar, part varchar, number uhugeint, many bigint);
-- Of many rows all numbers in one, whatever their order; in halves, which are put together in a third of the time.
create or replace temp macro upper_half(number) as (number >> 64)::ubigint;
create or replace temp macro lower_half(number) as (number & 18446744073709551615::uhugeint)::ubigint;
create or replace temp macro joined(upper, lower) as (upper::uhugeint << 64) | lower::uhugeint;
create or replace temp macro in_one(number) as joined(bit_xor(upper_half(number)), bit_xor(lower_half(number)));
-- Of the records of every criterion, and of what they name; an earlier run may have left those that stand.
create table if not exists made.sums (criterion_id varchar, number uhugeint, named uhugeint, many bigint);
