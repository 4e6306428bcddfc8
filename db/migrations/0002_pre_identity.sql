-- Who there is: marketplaces, shops, people, what they may do where, and how they prove who they are.
-- Also the buckets that count how often somebody asks.

create schema identity;

create table identity.marketplace (
    tenant            uuid        not null primary key,
    slug              text        not null unique
        check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    name              text        not null,
    time_zone         text        not null,
    currency          text        not null check (currency ~ '^[A-Z]{3}$'),
    language          text        not null,
    settings          jsonb       not null default '{}',
    -- The widget's key is derived from the installation's secret and this number; see decision 0006.
    secret_number     integer     not null default 1,
    secret_turned_at  timestamptz,
    created_at        timestamptz not null
);
select plumbing.isolate('identity.marketplace', system => true);

create table identity.shop (
    tenant          uuid        not null references identity.marketplace,
    id              uuid        not null,
    external_id     text,
    name            text        not null,
    state           text        not null default 'active' check (state in ('active', 'closed')),
    language        text        not null,
    time_zone       text        not null,
    allowed_origins text[]      not null default '{}',
    created_at      timestamptz not null,
    primary key (tenant, id),
    unique (tenant, external_id)
);
-- The widget and pages of other websites come with a shop or an origin and no marketplace yet.
create unique index shop_by_id on identity.shop (id);
create index shop_origins on identity.shop using gin (allowed_origins);
select plumbing.isolate('identity.shop', system => true);

create table identity.person (
    tenant          uuid        not null references identity.marketplace,
    id              uuid        not null,
    kind            text        not null check (kind in ('staff', 'buyer', 'visitor', 'integration')),
    external_id     text,
    display_name    text        not null,
    -- Kept folded, so that equality can use the index under row-level security.
    email           text        check (email = lower(email)),
    phone           text        check (phone ~ '^\+?[0-9]{5,20}$'),
    password_hash   text,
    language        text        not null default '',
    address         jsonb,
    payment_methods jsonb,
    merged_into     uuid,
    disabled_at     timestamptz,
    created_at      timestamptz not null,
    primary key (tenant, id),
    unique (tenant, email),
    unique (tenant, phone),
    unique (tenant, external_id)
);
create index person_by_kind on identity.person (tenant, kind, id);
create index person_by_name on identity.person (tenant, display_name, id);
select plumbing.isolate('identity.person');

create table identity.membership (
    tenant     uuid        not null,
    person     uuid        not null,
    role       text        not null check (role in ('agent', 'manager', 'officer', 'administrator')),
    shop       uuid,
    created_at timestamptz not null,
    check ((role in ('agent', 'manager')) = (shop is not null)),
    -- One role in a shop, one in the marketplace.
    unique nulls not distinct (tenant, person, shop),
    foreign key (tenant, person) references identity.person,
    foreign key (tenant, shop) references identity.shop
);
create index membership_in_shop on identity.membership (tenant, shop, person);
select plumbing.isolate('identity.membership');

create table identity.session (
    tenant     uuid        not null,
    token_hash bytea       not null,
    id         uuid        not null,
    person     uuid        not null,
    created_at timestamptz not null,
    seen_at    timestamptz not null,
    expires_at timestamptz not null,
    ends_at    timestamptz not null,          -- however often it is used
    revoked_at timestamptz,
    rotate     boolean     not null default false,
    about      text        not null default '',
    primary key (tenant, token_hash),
    foreign key (tenant, person) references identity.person
);
create index session_of_person on identity.session (tenant, person, id);
create index session_ended on identity.session (expires_at);
select plumbing.isolate('identity.session', system => true);

create table identity.token (
    tenant       uuid        not null,
    id           uuid        not null,
    hash         bytea       not null,
    person       uuid        not null,
    name         text        not null,
    scopes       text[]      not null,
    shops        uuid[],                      -- null: every shop of the marketplace
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    created_by   uuid        not null,
    created_at   timestamptz not null,
    primary key (tenant, id),
    unique (tenant, hash),
    foreign key (tenant, person) references identity.person
);
select plumbing.isolate('identity.token');

-- How often somebody asks. Losing this in a crash forgives everybody once; so it costs no log.
create unlogged table plumbing.bucket (
    key       text             not null primary key,
    capacity  double precision not null,
    rate      double precision not null,
    tokens    double precision not null,
    granted   boolean          not null,
    filled_at timestamptz      not null
) with (fillfactor = 50);
create index bucket_filled on plumbing.bucket using brin (filled_at);

create function plumbing.refilled(bucket plumbing.bucket, at timestamptz) returns double precision
language sql immutable parallel safe as $$
    select least(
        bucket.capacity,
        bucket.tokens + extract(epoch from greatest(at - bucket.filled_at, interval '0'))::float8 * bucket.rate
    )
$$;
