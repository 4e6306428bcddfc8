-- Other items may cost more or less: the buyer pays before anything happens to the order, or gets it back after.

alter table instructions.instruction add column difference jsonb;
comment on column instructions.instruction.difference is 'What is paid or goes back: instructions.model.Difference.';

-- squawk-ignore ban-drop-constraint
alter table instructions.instruction drop constraint instruction_state_check;
alter table instructions.instruction add constraint instruction_state_check check (state in ('to_pay', 'charging',
    'asked', 'retried', 'stuck', 'confirmed', 'refused', 'withdrawn', 'expired')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table instructions.instruction validate constraint instruction_state_check;
