-- The ledger of deliveries: append-only, times in UTC. One line for each document of a delivery and for each thing that
-- became of it, lines written at once under one number; the state of a delivery is what its last lines say. `status` and `words` are how the document's item
-- stood in what was sent, so that a later mail can say what moved since.
create table if not exists deliveries (
    "number" bigint not null,
    delivery_id varchar not null,
    stakeholder_id varchar not null,
    edition varchar not null,
    document_id varchar not null,
    digest varchar not null,
    substance varchar not null,
    status json not null,
    words json not null,
    channel varchar not null check (channel in ('email', 'folder')),
    address varchar not null,
    reason varchar not null check (reason in ('new', 'changed', 'correction', 'again')),
    why varchar not null,
    attempt integer not null,
    outcome varchar not null check (
        outcome in (
            'preparing', 'sending', 'delivered', 'failed for now', 'failed for good', 'possibly delivered', 'given up',
            'skipped'
        )
    ),
    answer varchar not null,
    message_id varchar not null,
    "at" timestamp not null,
    next_try timestamp,
    primary key ("number", delivery_id, document_id)
);
create table if not exists doubted (edition varchar primary key);
