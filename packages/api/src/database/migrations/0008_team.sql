-- Who manages an organisation manages its people. What they may see of a colleague is little: the
-- name, the role, and which ways in exist. See docs/decisions/0013.

-- A person in an organisation has an id of its own there, so that two organisations cannot find out
-- by comparing ids that they know the same person.
alter table role_assignment
  add column member_id uuid not null default gen_random_uuid(),
  add column unit text null,
  add column since date not null default current_date;
alter table role_assignment add constraint role_assignment_member_id_unique unique (member_id);
create index role_assignment_organisation_id_index on role_assignment (organisation_id);

-- From that day on nothing is kept of a person who has no role any more.
alter table account add column leaves_on date null;

-- With an account its sessions go; all other tables say so already.
alter table auth_session drop constraint auth_session_account_id_foreign;
alter table auth_session add constraint auth_session_account_id_foreign
  foreign key (account_id) references account (id) on delete cascade;

-- The rights of an account in an organisation, read anew: a role may have gone since the request began.
create function viewer_may_assign(wanted_organisation_id uuid, wanted_role text) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return wanted_organisation_id = any(viewer_managed_organisation_ids()) and exists (
    select from role_assignment held
    where held.account_id = viewer_actor_id() and held.organisation_id = wanted_organisation_id
      and (held.role = 'EXECUTIVE' or held.role = 'EDITOR' and wanted_role <> 'EXECUTIVE'));

create policy read_managed on role_assignment for select
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy insert_managed on role_assignment for insert
  with check (viewer_may_assign(organisation_id, role));
create policy update_managed on role_assignment for update
  using (viewer_may_assign(organisation_id, role))
  with check (viewer_may_assign(organisation_id, role));
grant insert (account_id, organisation_id, member_id, role, unit), update (role, unit)
  on role_assignment to netzwerkdiakonie_app;

-- Managers read names, and nobody reads the hash of a password but the functions that compare it.
create policy read_managed on account for select
  using (id in (select role_assignment.account_id from role_assignment
    where role_assignment.organisation_id = any((select viewer_managed_organisation_ids())::uuid[])));
revoke select on account from netzwerkdiakonie_app;
grant select (id, user_name, display_name, is_demo, leaves_on) on account to netzwerkdiakonie_app;

-- Everybody reads what was done to their own access.
create policy read_about_oneself on audit_entry for select
  using (subject = (select viewer_actor_id())::text);
create index audit_entry_subject_index on audit_entry (subject);

-- Entries that somebody left open; it says who looks after them now, and nothing of who left.
create table hand_over (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  successor_id uuid null,
  problem_id uuid null,
  solution_id uuid null,
  answer_id uuid null,
  handed_over_on date not null default current_date,
  primary key (id)
);
create index hand_over_organisation_id_handed_over_on_id_index on hand_over (organisation_id, handed_over_on, id);
alter table hand_over add constraint hand_over_one_entry check (num_nonnulls(problem_id, solution_id, answer_id) = 1);
alter table hand_over add constraint hand_over_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table hand_over add constraint hand_over_successor_id_foreign foreign key (successor_id) references account (id) on delete set null;
alter table hand_over add constraint hand_over_problem_id_foreign foreign key (problem_id) references problem (id) on delete cascade;
alter table hand_over add constraint hand_over_solution_id_foreign foreign key (solution_id) references solution (id) on delete cascade;
alter table hand_over add constraint hand_over_answer_id_foreign foreign key (answer_id) references answer (id) on delete cascade;

alter table hand_over enable row level security;
alter table hand_over force row level security;
create policy owner_all on hand_over to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_managed on hand_over for select
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
grant select on hand_over to netzwerkdiakonie_app;

-- Functions from here on run as the owner and decide themselves. Each does one narrow thing.

create function viewer_may_manage_member(wanted_member_id uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return coalesce((select viewer_may_assign(role_assignment.organisation_id, role_assignment.role)
    from role_assignment where role_assignment.member_id = wanted_member_id), false);

-- Which ways in a person has, for those who manage the organisation: that they exist, and no more.
-- A PIN that was set with a card of another organisation is that organisation's business. Passkeys
-- come with a later migration.
create function member_access(wanted_member_id uuid)
  returns table (
    has_password boolean, has_pin boolean, has_passkey boolean, has_single_sign_on boolean,
    card_open_until date
  )
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  member role_assignment;
begin
  select * into member from role_assignment
    where role_assignment.member_id = wanted_member_id
      and role_assignment.organisation_id = any(viewer_managed_organisation_ids());
  if member.account_id is null then
    return;
  end if;
  has_password := exists (
    select from account where account.id = member.account_id and account.password_hash is not null);
  has_pin := exists (
    select from device_binding where device_binding.account_id = member.account_id
      and device_binding.organisation_id = member.organisation_id);
  has_passkey := to_regclass('public.passkey') is not null;
  if has_passkey then
    has_passkey := exists (select from passkey where passkey.account_id = member.account_id);
  end if;
  has_single_sign_on := false;
  card_open_until := (
    select max(access_card.expires_on) from access_card
    where access_card.account_id = member.account_id
      and access_card.organisation_id = member.organisation_id
      and access_card.redeemed_on is null and access_card.revoked_on is null
      and access_card.expires_on >= current_date);
  return next;
end $$;

-- All ways in that an account has by itself, beside cards and devices.
create function end_ways_in(wanted_account_id uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update account set display_name = coalesce(display_name, user_name), user_name = null,
      password_hash = null, is_demo = false
    where account.id = wanted_account_id;
  delete from access_card where access_card.account_id = wanted_account_id;
  delete from device_binding where device_binding.account_id = wanted_account_id;
  delete from auth_session where auth_session.account_id = wanted_account_id;
  if to_regclass('public.passkey') is not null then
    delete from passkey where passkey.account_id = wanted_account_id;
  end if;
end $$;

-- What an account has of one organisation.
create function end_ways_into(wanted_account_id uuid, wanted_organisation_id uuid) returns void
  language sql security definer set search_path = public, pg_temp
begin atomic
  delete from access_card where access_card.account_id = wanted_account_id
    and access_card.organisation_id = wanted_organisation_id;
  delete from device_binding where device_binding.account_id = wanted_account_id
    and device_binding.organisation_id = wanted_organisation_id;
  delete from auth_session where auth_session.account_id = wanted_account_id
    and auth_session.organisation_id = wanted_organisation_id;
end;

-- What somebody wrote for an organisation gets another author, or none.
create function move_authorship(old_account_id uuid, of_organisation_id uuid, new_account_id uuid)
  returns void
  language sql security definer set search_path = public, pg_temp
begin atomic
  update problem set author_id = new_account_id
    where problem.author_id = old_account_id and problem.organisation_id = of_organisation_id;
  update solution set author_id = new_account_id
    where solution.author_id = old_account_id and solution.organisation_id = of_organisation_id;
  update answer set author_id = new_account_id
    where answer.author_id = old_account_id and answer.answering_organisation_id = of_organisation_id;
  update hand_over set successor_id = new_account_id
    where hand_over.successor_id = old_account_id and hand_over.organisation_id = of_organisation_id;
end;

-- For a lost card or device. Each session of a person sees all of their organisations, so all end.
create function revoke_member_access(wanted_member_id uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  member role_assignment;
begin
  if not viewer_may_manage_member(wanted_member_id) then
    return false;
  end if;
  select * into strict member from role_assignment where role_assignment.member_id = wanted_member_id;
  perform end_ways_into(member.account_id, member.organisation_id);
  delete from auth_session where auth_session.account_id = member.account_id;
  return true;
end $$;

-- Before a new card: every other way of the person into this organisation ends, so that whoever uses
-- the card cannot act as the person unnoticed. Where the person has roles elsewhere, the card gets an
-- account of its own: it must open nothing there, and its issuer must not learn of it.
-- Gives the account for the card; null where the viewer may not.
create function reset_member_access(wanted_member_id uuid) returns uuid
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  member role_assignment;
  fresh_account_id uuid;
begin
  if not viewer_may_manage_member(wanted_member_id) then
    return null;
  end if;
  select * into strict member from role_assignment
    where role_assignment.member_id = wanted_member_id for update;
  if not exists (
    select from role_assignment elsewhere where elsewhere.account_id = member.account_id
      and elsewhere.organisation_id <> member.organisation_id
  ) then
    perform end_ways_in(member.account_id);
    return member.account_id;
  end if;
  insert into account (display_name)
    select coalesce(account.display_name, account.user_name) from account
    where account.id = member.account_id
    returning id into fresh_account_id;
  perform end_ways_into(member.account_id, member.organisation_id);
  perform move_authorship(member.account_id, member.organisation_id, fresh_account_id);
  update role_assignment set account_id = fresh_account_id
    where role_assignment.member_id = wanted_member_id;
  return fresh_account_id;
end $$;

-- Ends a role, by the person or by somebody who may. Open entries go to the successor, or wait for the
-- managers to agree on one; everything else forgets who wrote it. With the last role all ways in end,
-- and after 30 days the account goes. Gives how many entries were handed over; null where the viewer may not.
create function end_membership(wanted_member_id uuid, wanted_successor_id uuid) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  member role_assignment;
  successor_account_id uuid;
  handed_over integer;
begin
  select * into member from role_assignment
    where role_assignment.member_id = wanted_member_id for update;
  if member.account_id is null or member.account_id <> viewer_actor_id()
    and not viewer_may_manage_member(wanted_member_id)
  then
    return null;
  end if;
  select role_assignment.account_id into successor_account_id from role_assignment
    where role_assignment.member_id = wanted_successor_id
      and role_assignment.organisation_id = member.organisation_id
      and role_assignment.member_id <> wanted_member_id;
  delete from hand_over where hand_over.successor_id = member.account_id
    and hand_over.organisation_id = member.organisation_id;
  insert into hand_over (organisation_id, successor_id, problem_id, solution_id, answer_id)
    select member.organisation_id, successor_account_id, problem.id, null::uuid, null::uuid from problem
    where problem.author_id = member.account_id and problem.organisation_id = member.organisation_id
      and (problem.state = 'IN_REVIEW'
        or problem.state = 'PUBLISHED' and problem.status in ('OPEN', 'ANSWERED', 'TRIED'))
    union all
    select member.organisation_id, successor_account_id, null, solution.id, null from solution
    where solution.author_id = member.account_id
      and solution.organisation_id = member.organisation_id and solution.state = 'IN_REVIEW'
    union all
    select member.organisation_id, successor_account_id, null, null, answer.id from answer
    where answer.author_id = member.account_id
      and answer.answering_organisation_id = member.organisation_id
      and not answer.accepted and not answer.withdrawn;
  get diagnostics handed_over = row_count;
  update problem set author_id = successor_account_id from hand_over
    where problem.author_id = member.account_id and hand_over.problem_id = problem.id;
  update solution set author_id = successor_account_id from hand_over
    where solution.author_id = member.account_id and hand_over.solution_id = solution.id;
  update answer set author_id = successor_account_id from hand_over
    where answer.author_id = member.account_id and hand_over.answer_id = answer.id;
  perform move_authorship(member.account_id, member.organisation_id, null);
  perform end_ways_into(member.account_id, member.organisation_id);
  delete from role_assignment where role_assignment.member_id = wanted_member_id;
  if not exists (
    select from role_assignment where role_assignment.account_id = member.account_id
  ) then
    perform end_ways_in(member.account_id);
    update account set leaves_on = current_date + 30 where account.id = member.account_id;
  end if;
  return handed_over;
end $$;

-- The role of an unused card goes to the account that is signed in. The account that was made for the
-- card has done nothing yet but wait, and goes. Gives the organisation; null where there is no such card.
create function adopt_access_card(presented_hash bytea) returns uuid
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  card access_card;
begin
  select access_card.* into card from access_card
    where access_card.code_hash = presented_hash
      and access_card.redeemed_on is null and access_card.revoked_on is null
      and access_card.expires_on >= current_date
    for update;
  if card.id is null or card.account_id = viewer_actor_id()
    or not exists (select from role_assignment where role_assignment.account_id = viewer_actor_id())
    or exists (
      select from role_assignment where role_assignment.account_id = viewer_actor_id()
        and role_assignment.organisation_id = card.organisation_id)
    or exists (
      select from account where account.id = card.account_id and account.password_hash is not null)
    or exists (select from device_binding where device_binding.account_id = card.account_id)
    or exists (
      select from role_assignment where role_assignment.account_id = card.account_id
        and role_assignment.organisation_id <> card.organisation_id)
  then
    return null;
  end if;
  update role_assignment set account_id = viewer_actor_id()
    where role_assignment.account_id = card.account_id
      and role_assignment.organisation_id = card.organisation_id;
  if not found then
    return null;
  end if;
  perform move_authorship(card.account_id, card.organisation_id, viewer_actor_id());
  -- A card that another organisation issued before would now open this one, too.
  delete from access_card where access_card.account_id = viewer_actor_id()
    and access_card.redeemed_on is null;
  delete from account where account.id = card.account_id;
  return card.organisation_id;
end $$;

-- For somebody who deletes the account: the same as leaving everywhere, without the 30 days.
create function erase_own_account() returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  membership uuid;
begin
  for membership in
    select role_assignment.member_id from role_assignment
    where role_assignment.account_id = viewer_actor_id()
  loop
    perform end_membership(membership, null);
  end loop;
  delete from idempotency_record where idempotency_record.actor_id = viewer_actor_id();
  delete from account where account.id = viewer_actor_id();
  return found;
end $$;

-- Forgets those who left 30 days ago, and hand-overs that nobody needs any more. Of several replicas
-- that come at once one does it. Rows that point to an account go with it or forget it by their
-- foreign keys. Gives how many accounts went.
create function anonymise_departed() returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  departed uuid[];
begin
  if not pg_try_advisory_xact_lock(5040114) then
    return 0;
  end if;
  delete from hand_over where handed_over_on < current_date - 180;
  select array_agg(account.id) into departed from account
    where account.leaves_on <= current_date and not exists (
      select from role_assignment where role_assignment.account_id = account.id);
  delete from idempotency_record where idempotency_record.actor_id = any(departed);
  delete from account where account.id = any(departed);
  return coalesce(cardinality(departed), 0);
end $$;

revoke execute on function
  viewer_may_assign(uuid, text), viewer_may_manage_member(uuid), member_access(uuid),
  end_ways_in(uuid), end_ways_into(uuid, uuid), move_authorship(uuid, uuid, uuid),
  revoke_member_access(uuid), reset_member_access(uuid), end_membership(uuid, uuid),
  adopt_access_card(bytea), erase_own_account(), anonymise_departed() from public;
grant execute on function
  viewer_may_assign(uuid, text), member_access(uuid), revoke_member_access(uuid),
  reset_member_access(uuid), end_membership(uuid, uuid), adopt_access_card(bytea),
  erase_own_account(), anonymise_departed()
  to netzwerkdiakonie_app;
