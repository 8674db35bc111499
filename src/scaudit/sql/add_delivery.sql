-- Adds one line to the ledger of deliveries.
insert into deliveries (
    "number", delivery_id, stakeholder_id, edition, document_id, digest, substance, status, words, channel, address,
    reason, why, attempt, outcome, answer, message_id, "at", next_try
)
values (
    $number, $delivery_id, $stakeholder_id, $edition, $document_id, $digest, $substance, $status, $words, $channel,
    $address, $reason, $why, $attempt, $outcome, $answer, $message_id, $at, $next_try
);
