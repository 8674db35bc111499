-- Numbers that stand for rows, by item, kind of row and table.
create or replace temp table told (item_id varchar, use varchar, part varchar, number uhugeint, many bigint);
-- Of many rows all numbers in one, whatever their order; in halves, which are put together in a third of the time.
create or replace temp macro in_one(number) as
    (bit_xor((number >> 64)::ubigint)::uhugeint << 64)
        | bit_xor((number & 18446744073709551615::uhugeint)::ubigint)::uhugeint;
