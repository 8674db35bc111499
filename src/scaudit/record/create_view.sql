create or replace view {view} as
{parts}
