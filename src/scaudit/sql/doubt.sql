-- Adds an edition of which nobody knows whether it has gone out.
insert into doubted values (?) on conflict do nothing;
