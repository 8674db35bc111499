-- No typed row is there.
insert into unsettled select rowid from {raw};
