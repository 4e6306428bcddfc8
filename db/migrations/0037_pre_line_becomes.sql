-- What a piece becomes in an exchange, in words: the offer may be gone when it is sent.
alter table after_sale.line add column becomes text not null default '';
