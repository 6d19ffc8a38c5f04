-- People without a user name: they come in with a card from their leader, and from then on with a
-- PIN that counts on their device alone. See docs/decisions/0012.

alter table account
  alter column user_name drop not null,
  alter column password_hash drop not null,
  add column display_name text null;
alter table account add constraint account_user_name_with_password
  check ((user_name is null) = (password_hash is null));

-- Managers make accounts; nobody makes one with a password for somebody else.
create policy insert_named on account for insert
  with check (cardinality(viewer_managed_organisation_ids()) > 0 and user_name is null and not is_demo);
grant insert (id, display_name) on account to netzwerkdiakonie_app;

-- A card opens the whole account. So a manager issues one only for people of the organisation who
-- have no role where somebody else manages.
create function viewer_may_issue_card(wanted_account_id uuid, wanted_organisation_id uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
      select from role_assignment where role_assignment.account_id = wanted_account_id
        and role_assignment.organisation_id = wanted_organisation_id)
    and wanted_organisation_id = any(viewer_managed_organisation_ids())
    and not exists (
      select from role_assignment where role_assignment.account_id = wanted_account_id
        and role_assignment.organisation_id <> all(viewer_managed_organisation_ids()));

create table access_card (
  id uuid not null default gen_random_uuid(),
  account_id uuid not null,
  organisation_id uuid not null,
  code_hash bytea not null,
  issued_on date not null default current_date,
  expires_on date not null,
  redeemed_on date null,
  revoked_on date null,
  primary key (id)
);
alter table access_card add constraint access_card_code_hash_unique unique (code_hash);
create index access_card_organisation_id_account_id_index on access_card (organisation_id, account_id);
alter table access_card add constraint access_card_account_id_foreign foreign key (account_id) references account (id) on delete cascade;
alter table access_card add constraint access_card_organisation_id_foreign foreign key (organisation_id) references organisation (id);

alter table access_card enable row level security;
alter table access_card force row level security;
create policy owner_all on access_card to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_managed on access_card for select
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy insert_managed on access_card for insert
  with check (viewer_may_issue_card(account_id, organisation_id));
create policy update_managed on access_card for update
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
-- Managers void cards; they change nothing else about them and never read the hash of a code.
grant select (id, account_id, organisation_id, issued_on, expires_on, redeemed_on, revoked_on),
  insert (id, account_id, organisation_id, code_hash, expires_on),
  update (revoked_on) on access_card to netzwerkdiakonie_app;

-- Whoever gets a role elsewhere could be reached by a card that was issued before.
create function void_foreign_cards() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update access_card set revoked_on = current_date
    where access_card.account_id = new.account_id
      and access_card.organisation_id <> new.organisation_id
      and access_card.redeemed_on is null and access_card.revoked_on is null;
  return null;
end $$;

create trigger void_foreign_cards after insert on role_assignment
  for each row execute function void_foreign_cards();

create table device (
  id uuid not null default gen_random_uuid(),
  token_hash bytea not null,
  is_shared boolean not null default false,
  name text not null default '',
  primary key (id)
);
alter table device add constraint device_token_hash_unique unique (token_hash);

create table device_binding (
  id uuid not null default gen_random_uuid(),
  device_id uuid not null,
  account_id uuid not null,
  organisation_id uuid not null,
  pin_hash text not null,
  failed_pins smallint not null default 0,
  bound_on date not null default current_date,
  primary key (id)
);
alter table device_binding add constraint device_binding_device_id_account_id_unique unique (device_id, account_id);
create index device_binding_account_id_index on device_binding (account_id);
alter table device_binding add constraint device_binding_failed_pins check (failed_pins >= 0 and failed_pins <= 5);
alter table device_binding add constraint device_binding_device_id_foreign foreign key (device_id) references device (id) on delete cascade;
alter table device_binding add constraint device_binding_account_id_foreign foreign key (account_id) references account (id) on delete cascade;
alter table device_binding add constraint device_binding_organisation_id_foreign foreign key (organisation_id) references organisation (id);

alter table device enable row level security;
alter table device force row level security;
create policy owner_all on device to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own on device for select
  using (exists (select from device_binding binding where binding.device_id = device.id and binding.account_id = (select viewer_actor_id())));
grant select (id, is_shared, name) on device to netzwerkdiakonie_app;

alter table device_binding enable row level security;
alter table device_binding force row level security;
create policy owner_all on device_binding to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own on device_binding for select
  using (account_id = (select viewer_actor_id()));
create policy delete_own on device_binding for delete
  using (account_id = (select viewer_actor_id()));
grant select (id, device_id, account_id, organisation_id, failed_pins, bound_on), delete
  on device_binding to netzwerkdiakonie_app;

-- A card or a device proves who somebody is before there is a viewer. Each of these functions
-- answers only to who presents a secret.

-- What a live card says to the person who holds it.
create function find_access_card(presented_hash bytea)
  returns table (card_id uuid, display_name text, organisation_name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select access_card.id, account.display_name, organisation.name
  from access_card
  join account on account.id = access_card.account_id
  join organisation on organisation.id = access_card.organisation_id
  join role_assignment on role_assignment.account_id = access_card.account_id
    and role_assignment.organisation_id = access_card.organisation_id
  where access_card.code_hash = presented_hash
    and access_card.redeemed_on is null and access_card.revoked_on is null
    and access_card.expires_on >= current_date;
end;

-- Uses a card up and binds a device to its account. Of two who come at once, one gets it.
create function redeem_access_card(
  presented_hash bytea, presented_device_hash bytea, shared boolean, device_name text,
  new_pin_hash text, chosen_display_name text
)
  returns table (card_id uuid, account_id uuid, organisation_id uuid, is_shared boolean)
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  card access_card;
  bound_device_id uuid;
begin
  update access_card set redeemed_on = current_date
    where access_card.code_hash = presented_hash
      and access_card.redeemed_on is null and access_card.revoked_on is null
      and access_card.expires_on >= current_date
      and exists (
        select from role_assignment where role_assignment.account_id = access_card.account_id
          and role_assignment.organisation_id = access_card.organisation_id)
    returning * into card;
  if card.id is null then
    return;
  end if;
  insert into device (token_hash, is_shared, name)
    values (presented_device_hash, shared, device_name)
    -- A device that others use stays one, whatever the next person says.
    on conflict (token_hash) do update
      set is_shared = device.is_shared or excluded.is_shared, name = excluded.name
    returning device.id into bound_device_id;
  delete from device_binding
    where device_binding.device_id = bound_device_id and device_binding.account_id = card.account_id;
  insert into device_binding (device_id, account_id, organisation_id, pin_hash)
    values (bound_device_id, card.account_id, card.organisation_id, new_pin_hash);
  update device set is_shared = true
    where device.id = bound_device_id and exists (
      select from device_binding where device_binding.device_id = bound_device_id
        and device_binding.account_id <> card.account_id);
  update account set display_name = chosen_display_name
    where account.id = card.account_id and chosen_display_name <> '';
  return query select card.id, card.account_id, card.organisation_id, device.is_shared
    from device where device.id = bound_device_id;
end $$;

-- The people who have a PIN on a device.
create function find_device_accounts(presented_device_hash bytea)
  returns table (binding_id uuid, name text, is_locked boolean)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select device_binding.id, coalesce(account.display_name, account.user_name, ''),
    device_binding.failed_pins = 5
  from device
  join device_binding on device_binding.device_id = device.id
  join account on account.id = device_binding.account_id
  where device.token_hash = presented_device_hash
    and exists (select from role_assignment where role_assignment.account_id = account.id)
  order by 2, 1;
end;

-- Whoever signs in on a shared device, in whatever way, is soon signed out again.
create function is_shared_device(presented_device_hash bytea) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
    select from device where device.token_hash = presented_device_hash and device.is_shared);

-- Counts an attempt before the PIN is compared: of many guesses at once, five are compared at most.
create function take_pin_attempt(wanted_binding_id uuid, presented_device_hash bytea)
  returns table (account_id uuid, organisation_id uuid, pin_hash text, is_shared boolean, failed_pins smallint)
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update device_binding set failed_pins = device_binding.failed_pins + 1
  from device
  where device.id = device_binding.device_id and device.token_hash = presented_device_hash
    and device_binding.id = wanted_binding_id and device_binding.failed_pins < 5
    and exists (
      select from role_assignment where role_assignment.account_id = device_binding.account_id)
  returning device_binding.account_id, device_binding.organisation_id, device_binding.pin_hash,
    device.is_shared, device_binding.failed_pins;
end;

-- After the right PIN.
create function reset_pin_attempts(wanted_binding_id uuid, presented_device_hash bytea) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update device_binding set failed_pins = 0
  from device
  where device.id = device_binding.device_id and device.token_hash = presented_device_hash
    and device_binding.id = wanted_binding_id;
end;

-- With the last person, a device is forgotten.
create function forget_empty_device() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from device where device.id = old.device_id
    and not exists (select from device_binding where device_binding.device_id = old.device_id);
  return null;
end $$;

create trigger forget_empty_device after delete on device_binding
  for each row execute function forget_empty_device();

-- For a lost device: all devices of a person, and the sessions that began with a PIN.
create function revoke_devices(wanted_account_id uuid, wanted_organisation_id uuid) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  revoked integer;
begin
  if not viewer_may_issue_card(wanted_account_id, wanted_organisation_id) then
    return 0;
  end if;
  delete from device_binding where device_binding.account_id = wanted_account_id;
  get diagnostics revoked = row_count;
  delete from auth_session
    where auth_session.account_id = wanted_account_id and auth_session.method = 'PIN';
  return revoked;
end $$;

-- Colleagues know each other by their display names.
drop function find_session(bytea);
create function find_session(presented_hash bytea)
  returns table (
    session_id uuid, account_id uuid, name text, organisation_id uuid,
    role_assignments jsonb, organisation_ids uuid[], association_ids uuid[],
    is_on_shared_device boolean
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select auth_session.id, account.id, coalesce(account.display_name, account.user_name),
    auth_session.organisation_id,
    assigned.role_assignments, assigned.organisation_ids, associations_of(assigned.organisation_ids),
    auth_session.is_shared_device
  from auth_session
  join account on account.id = auth_session.account_id
  join lateral (
    select jsonb_agg(jsonb_build_object('organisationId', role_assignment.organisation_id, 'role', role)
        order by role_assignment.organisation_id) as role_assignments,
      array_agg(role_assignment.organisation_id) as organisation_ids
    from role_assignment where role_assignment.account_id = account.id
  ) assigned on auth_session.organisation_id = any(assigned.organisation_ids)
  where auth_session.token_hash = presented_hash
    and auth_session.expires_at > now() and auth_session.idle_expires_at > now();
end;

revoke execute on function
  viewer_may_issue_card(uuid, uuid), void_foreign_cards(), find_access_card(bytea),
  redeem_access_card(bytea, bytea, boolean, text, text, text), find_device_accounts(bytea), is_shared_device(bytea),
  take_pin_attempt(uuid, bytea), reset_pin_attempts(uuid, bytea),
  forget_empty_device(), revoke_devices(uuid, uuid),
  find_session(bytea) from public;
grant execute on function
  viewer_may_issue_card(uuid, uuid), find_access_card(bytea),
  redeem_access_card(bytea, bytea, boolean, text, text, text), find_device_accounts(bytea), is_shared_device(bytea),
  take_pin_attempt(uuid, bytea), reset_pin_attempts(uuid, bytea),
  revoke_devices(uuid, uuid), find_session(bytea)
  to netzwerkdiakonie_app;
