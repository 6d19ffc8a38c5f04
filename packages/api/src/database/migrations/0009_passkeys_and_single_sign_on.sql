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
