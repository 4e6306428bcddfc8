-- A file may prove a claim, or show why an appeal is right: what it was called, its size and its content hash.

alter table guard.proof add column file jsonb;
comment on column guard.proof.file is 'The uploaded document as it was given: guard.model.ProofFile.';
alter table objections.objection add column file jsonb;
comment on column objections.objection.file is 'The uploaded document as it was given: guard.model.ProofFile.';
