-- An objection is to be decided in time; when nobody does, it is overdue and stays open.

alter table objections.objection add column due_at timestamptz;
alter table objections.objection add column overdue_at timestamptz;

-- squawk-ignore ban-drop-constraint
alter table objections.objection drop constraint objection_state_check;
alter table objections.objection add constraint objection_state_check
    check (state in ('lodged', 'overdue', 'upheld', 'dismissed', 'withdrawn')) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table objections.objection validate constraint objection_state_check;

-- A clock moves it, too.
-- squawk-ignore ban-drop-not-null
alter table objections.step alter column person drop not null;
