-- Passkeys: what the authenticator of a person shows us, and nothing about the authenticator's maker.

create table passkey (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  sign_count bigint not null default 0,
  transports text[] not null,
  can_sync boolean not null,
  is_synced boolean not null,
  relying_party_id text not null,
  name text not null,
  created_on date not null default current_date,
  primary key (id)
);
alter table passkey add constraint passkey_credential_id_unique unique (credential_id);
create index passkey_account_id_index on passkey (account_id);
alter table passkey add constraint passkey_account_id_foreign
  foreign key (account_id) references account (id) on delete cascade;

alter table passkey enable row level security;
alter table passkey force row level security;
create policy owner_all on passkey to netzwerkdiakonie_owner
  using (true) with check (true);
create policy own on passkey
  using (account_id = (select viewer_actor_id()))
  with check (account_id = (select viewer_actor_id()));
grant select, insert, update, delete on passkey to netzwerkdiakonie_app;

-- Signing in happens before there is a viewer: this answers only to who presents the id that an
-- authenticator made up at random, and what it gives is worth nothing without the authenticator.
create function find_passkey(presented_credential_id bytea)
  returns table (
    passkey_id uuid, account_id uuid, public_key bytea, sign_count bigint, relying_party_id text
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select passkey.id, passkey.account_id, passkey.public_key, passkey.sign_count,
    passkey.relying_party_id
  from passkey where passkey.credential_id = presented_credential_id;
end;

-- Answers to a challenge count once. Rows tell of no person, and go when the challenge is over anyway.
create table spent_challenge (
  hash bytea not null,
  expires_at timestamptz not null,
  primary key (hash)
);
alter table spent_challenge enable row level security;
alter table spent_challenge force row level security;
create policy owner_all on spent_challenge to netzwerkdiakonie_owner
  using (true) with check (true);

-- True for the first who spends it, false for all others.
create function spend_challenge(presented_hash bytea, valid_until timestamptz) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from spent_challenge where expires_at < now();
  insert into spent_challenge (hash, expires_at)
    values (presented_hash, least(valid_until, now() + interval '1 hour'))
    on conflict do nothing;
  return found;
end $$;

revoke execute on function find_passkey(bytea), spend_challenge(bytea, timestamptz) from public;
grant execute on function find_passkey(bytea), spend_challenge(bytea, timestamptz)
  to netzwerkdiakonie_app;

-- Single sign-on: an organisation, or an association for its members, has its people proved by its
-- own provider (OpenID Connect). See docs/decisions/0014.

create table single_sign_on (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  issuer text not null,
  client_id text not null,
  sealed_client_secret text not null,
  domains text[] not null,
  mapping jsonb not null,
  is_enabled boolean not null default true,
  created_on date not null default current_date,
  primary key (id)
);
alter table single_sign_on add constraint single_sign_on_issuer_unique unique (issuer);
alter table single_sign_on add constraint single_sign_on_organisation_id_foreign foreign key (organisation_id) references organisation (id);

-- Whom a provider means: by its own word for the person, never by name or address.
create table federated_identity (
  single_sign_on_id uuid not null,
  subject text not null,
  account_id uuid not null,
  primary key (single_sign_on_id, subject)
);
create index federated_identity_account_id_index on federated_identity (account_id);
alter table federated_identity add constraint federated_identity_single_sign_on_id_foreign foreign key (single_sign_on_id) references single_sign_on (id) on delete cascade;
alter table federated_identity add constraint federated_identity_account_id_foreign foreign key (account_id) references account (id) on delete cascade;

alter table single_sign_on enable row level security;
alter table single_sign_on force row level security;
create policy owner_all on single_sign_on to netzwerkdiakonie_owner
  using (true) with check (true);
alter table federated_identity enable row level security;
alter table federated_identity force row level security;
create policy owner_all on federated_identity to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own on federated_identity for select
  using (account_id = (select viewer_actor_id()));
grant select on federated_identity to netzwerkdiakonie_app;

-- Which roles a provider gave: it changes and takes away those alone. Null: given by people.
alter table role_assignment add column single_sign_on_id uuid null;
alter table role_assignment add constraint role_assignment_single_sign_on_id_foreign foreign key (single_sign_on_id) references single_sign_on (id) on delete cascade;
-- Through which provider a session began: it ends with the provider.
alter table auth_session add column single_sign_on_id uuid null;
alter table auth_session add constraint auth_session_single_sign_on_id_foreign foreign key (single_sign_on_id) references single_sign_on (id) on delete cascade;

-- Where a provider may give roles: in its own organisation and, if that is an association, in those
-- that are its members today.
create function reach_of_single_sign_on(wanted_id uuid) returns setof uuid
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select single_sign_on.organisation_id from single_sign_on
  where single_sign_on.id = wanted_id and single_sign_on.is_enabled
  union
  select membership.organisation_id
  from single_sign_on join membership on membership.association_id = single_sign_on.organisation_id
  where single_sign_on.id = wanted_id and single_sign_on.is_enabled
    and membership.valid_from <= current_date
    and (membership.valid_until is null or membership.valid_until > current_date);
end;

-- The provider that people with addresses of a domain sign in with.
create function find_single_sign_on(wanted_domain text) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select single_sign_on.id from single_sign_on
    where single_sign_on.is_enabled and wanted_domain = any(single_sign_on.domains)
    order by single_sign_on.id limit 1);

-- How to ask a provider. The secret is sealed with a key that the database does not have.
create function read_single_sign_on(wanted_id uuid)
  returns table (
    issuer text, client_id text, sealed_client_secret text, mapping jsonb, own_code text
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select single_sign_on.issuer, single_sign_on.client_id, single_sign_on.sealed_client_secret,
    single_sign_on.mapping, organisation.code
  from single_sign_on join organisation on organisation.id = single_sign_on.organisation_id
  where single_sign_on.id = wanted_id and single_sign_on.is_enabled;
end;

-- Brings account and roles to what a provider says of a person: [{ organisation: code, role }].
-- Gives a row for each organisation that it speaks of, or spoke of before. What is beyond its reach
-- counts for nothing; who would have no role gets no account.
create function sign_in_federated(
  presented_id uuid, presented_subject text, presented_name text, wanted jsonb
)
  returns table (account_id uuid, organisation_id uuid, role_before text, role_after text)
  language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  person uuid;
begin
  perform from single_sign_on where id = presented_id and is_enabled for share;
  if not found then return; end if;
  -- Two sign-ins of a new person at once make one account.
  perform pg_advisory_xact_lock(hashtextextended(presented_id::text || presented_subject, 0));
  select federated_identity.account_id into person from federated_identity
    where single_sign_on_id = presented_id and subject = presented_subject;
  if person is null then
    if not exists (
      select from jsonb_array_elements(wanted) entry
      join organisation on organisation.code = entry ->> 'organisation'
      where organisation.id in (select reach_of_single_sign_on(presented_id))
    ) then return; end if;
    insert into account (display_name) values (presented_name) returning id into person;
    insert into federated_identity (single_sign_on_id, subject, account_id)
      values (presented_id, presented_subject, person);
  end if;

  return query
  with mapped as (
    select distinct on (organisation.id) organisation.id, entry ->> 'role' as role
    from jsonb_array_elements(wanted) entry
    join organisation on organisation.code = entry ->> 'organisation'
    where organisation.id in (select reach_of_single_sign_on(presented_id))
  ), earlier as (
    select held.organisation_id, held.role from role_assignment held where held.account_id = person
  ), gone as (
    delete from role_assignment held
    where held.account_id = person and held.single_sign_on_id = presented_id
      and held.organisation_id not in (select mapped.id from mapped)
    returning held.organisation_id, held.role
  ), kept as (
    insert into role_assignment as held (account_id, organisation_id, role, single_sign_on_id)
    select person, mapped.id, mapped.role, presented_id from mapped
    -- What people gave, a provider leaves alone.
    on conflict (account_id, organisation_id) do update set role = excluded.role
      where held.single_sign_on_id = presented_id
    returning held.organisation_id, held.role
  )
  select person, gone.organisation_id, gone.role, null::text from gone
  union all
  select person, mapped.id, earlier.role, coalesce(kept.role, earlier.role)
  from mapped
  left join earlier on earlier.organisation_id = mapped.id
  left join kept on kept.organisation_id = mapped.id;
end $$;

-- A provider proves who somebody is for its own organisations alone. Whoever has a role anywhere else
-- has to come in another way: else it could open that, too.
create function has_role_beyond_single_sign_on(wanted_account_id uuid, wanted_id uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
    select from role_assignment where role_assignment.account_id = wanted_account_id
      and role_assignment.organisation_id not in (select reach_of_single_sign_on(wanted_id)));

create function end_sessions_beyond_single_sign_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from auth_session
    where auth_session.account_id = new.account_id and auth_session.single_sign_on_id is not null
      and new.organisation_id not in (
        select reach_of_single_sign_on(auth_session.single_sign_on_id));
  return null;
end $$;

create trigger end_sessions_beyond_single_sign_on
  after insert or update of account_id, organisation_id on role_assignment
  for each row execute function end_sessions_beyond_single_sign_on();

create function end_sessions_of_disabled_single_sign_on() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from auth_session where auth_session.single_sign_on_id = new.id;
  return null;
end $$;

create trigger end_sessions_of_disabled_single_sign_on after update on single_sign_on
  for each row when (not new.is_enabled)
  execute function end_sessions_of_disabled_single_sign_on();

revoke execute on function
  reach_of_single_sign_on(uuid), find_single_sign_on(text), read_single_sign_on(uuid),
  sign_in_federated(uuid, text, text, jsonb), has_role_beyond_single_sign_on(uuid, uuid),
  end_sessions_beyond_single_sign_on(), end_sessions_of_disabled_single_sign_on() from public;
grant execute on function
  find_single_sign_on(text), read_single_sign_on(uuid),
  sign_in_federated(uuid, text, text, jsonb), has_role_beyond_single_sign_on(uuid, uuid)
  to netzwerkdiakonie_app;
