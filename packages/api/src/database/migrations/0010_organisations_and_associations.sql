-- Units, claims, memberships, mandates and invitations. See docs/decisions/0015.

-- Institutions, services and teams: part of the public directory.
create table organisation_unit (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  name text not null,
  kind text not null,
  place text null,
  primary key (id)
);
alter table organisation_unit add constraint organisation_unit_organisation_id_name_unique unique (organisation_id, name);
alter table organisation_unit add constraint organisation_unit_kind_check check (kind in ('INSTITUTION', 'SERVICE', 'TEAM'));
alter table organisation_unit add constraint organisation_unit_organisation_id_foreign foreign key (organisation_id) references organisation (id) on delete cascade;

alter table organisation_unit enable row level security;
alter table organisation_unit force row level security;
create policy owner_all on organisation_unit to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_directory on organisation_unit for select
  using ((select viewer_kind()) is not null);
create policy insert_managed on organisation_unit for insert
  with check (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy update_managed on organisation_unit for update
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy delete_managed on organisation_unit for delete
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
grant select, insert, delete, update (name, kind, place) on organisation_unit to netzwerkdiakonie_app;

-- “Das sind wir”: somebody wants to answer for an entry that nobody has taken over. Who that is and how
-- to reach them is there for the decision alone, and goes with it.
create table organisation_claim (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  reference text not null,
  secret_hash bytea not null,
  claimant_name text null,
  claimant_role text null,
  claimant_contact text null,
  state text not null default 'OPEN',
  reason text null,
  submitted_on date not null default current_date,
  primary key (id)
);
alter table organisation_claim add constraint organisation_claim_reference_unique unique (reference);
alter table organisation_claim add constraint organisation_claim_secret_hash_unique unique (secret_hash);
create index organisation_claim_organisation_id_index on organisation_claim (organisation_id);
alter table organisation_claim add constraint organisation_claim_state_check check (state in ('OPEN', 'CONFIRMED', 'REFUSED'));
alter table organisation_claim add constraint organisation_claim_forgets check (state = 'OPEN' or (claimant_name is null and claimant_role is null and claimant_contact is null));
alter table organisation_claim add constraint organisation_claim_organisation_id_foreign foreign key (organisation_id) references organisation (id) on delete cascade;

-- The associations of an organisation decide who answers for it; of associations, the operator does.
create function viewer_decides_claims_of(wanted_organisation_id uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp
  return exists (
    select from current_membership
    join organisation on organisation.id = current_membership.organisation_id
    where current_membership.organisation_id = wanted_organisation_id
      and organisation.kind not like '%-association'
      and current_membership.association_id = any(viewer_managed_organisation_ids()));

alter table organisation_claim enable row level security;
alter table organisation_claim force row level security;
create policy owner_all on organisation_claim to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_deciding on organisation_claim for select
  using (submitted_on > current_date - 60 and viewer_decides_claims_of(organisation_id));
create policy insert_unclaimed on organisation_claim for insert
  with check (state = 'OPEN' and exists (select from organisation where organisation.id = organisation_id and not organisation.claimed and organisation.merged_into_id is null));
create policy update_deciding on organisation_claim for update
  using (state = 'OPEN' and submitted_on > current_date - 60 and viewer_decides_claims_of(organisation_id))
  with check (state = 'REFUSED');
grant select (id, organisation_id, reference, claimant_name, claimant_role, claimant_contact, state, reason, submitted_on),
  insert (id, organisation_id, reference, secret_hash, claimant_name, claimant_role, claimant_contact),
  update (state, reason, claimant_name, claimant_role, claimant_contact)
  on organisation_claim to netzwerkdiakonie_app;

-- What a claimant learns with the secret of the claim.
create function find_claim(presented_hash bytea)
  returns table (reference text, organisation_id uuid, state text, reason text, submitted_on date)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select organisation_claim.reference, organisation_claim.organisation_id, organisation_claim.state,
    organisation_claim.reason, organisation_claim.submitted_on
  from organisation_claim
  where organisation_claim.secret_hash = presented_hash and organisation_claim.submitted_on > current_date - 60;
end;

create function delete_old_claims() returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  delete from organisation_claim where organisation_claim.submitted_on <= current_date - 60;
end;

-- Nobody becomes executive of what somebody else has taken over: of two who come at once, the second
-- waits here and finds the organisation claimed. For the operator; members go through confirm_claim.
create function carry_out_claim(wanted_claim_id uuid, executive_id uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wanted_organisation_id uuid;
begin
  select organisation_claim.organisation_id into wanted_organisation_id from organisation_claim
    where organisation_claim.id = wanted_claim_id and organisation_claim.state = 'OPEN'
      and organisation_claim.submitted_on > current_date - 60;
  update organisation set claimed = true
    where organisation.id = wanted_organisation_id and not organisation.claimed
      and organisation.merged_into_id is null;
  -- Only an account that was made for this: a claim gives nobody a second role.
  if not found or exists (select from role_assignment where role_assignment.account_id = executive_id) then
    return false;
  end if;
  insert into role_assignment (account_id, organisation_id, role)
    values (executive_id, wanted_organisation_id, 'EXECUTIVE');
  update organisation_claim
    set state = case when organisation_claim.id = wanted_claim_id then 'CONFIRMED' else 'REFUSED' end,
      claimant_name = null, claimant_role = null, claimant_contact = null
    where organisation_claim.organisation_id = wanted_organisation_id and organisation_claim.state = 'OPEN';
  return true;
end $$;

create function confirm_claim(wanted_claim_id uuid, executive_id uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from organisation_claim where organisation_claim.id = wanted_claim_id
      and viewer_decides_claims_of(organisation_claim.organisation_id)) then
    return false;
  end if;
  return carry_out_claim(wanted_claim_id, executive_id);
end $$;

-- An association brings in a member that is not in the directory yet: the entry, the membership and
-- its first executive, whose account was made for this.
create function invite_member(
  inviting_association_id uuid, new_organisation_id uuid, new_name text, new_kind text, new_seat text,
  executive_id uuid
) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  association organisation;
begin
  select * into association from organisation
    where organisation.id = inviting_association_id and organisation.kind like '%-association'
      and organisation.id = any(viewer_managed_organisation_ids());
  if association.id is null or new_kind like '%-association' or new_kind = 'umbrella'
    or exists (select from role_assignment where role_assignment.account_id = executive_id) then
    return false;
  end if;
  insert into organisation (id, name, kind, umbrella, seat, is_demo)
    values (new_organisation_id, new_name, new_kind, association.umbrella, new_seat, association.is_demo);
  insert into membership (organisation_id, association_id, valid_from)
    values (new_organisation_id, association.id, current_date);
  insert into role_assignment (account_id, organisation_id, role)
    values (executive_id, new_organisation_id, 'EXECUTIVE');
  return true;
end $$;

-- Whoever was invited has taken the entry over by coming in; what others claimed is settled by that.
create function claim_by_sign_in() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with taken as (
    update organisation set claimed = true
      from role_assignment
      where role_assignment.account_id = new.account_id and role_assignment.role = 'EXECUTIVE'
        and organisation.id = role_assignment.organisation_id and not organisation.claimed
      returning organisation.id
  )
  update organisation_claim
    set state = 'REFUSED', claimant_name = null, claimant_role = null, claimant_contact = null
    from taken
    where organisation_claim.organisation_id = taken.id and organisation_claim.state = 'OPEN';
  return null;
end $$;

create trigger claim_by_sign_in after insert on auth_session
  for each row execute function claim_by_sign_in();

-- Memberships decide who sees what, so both sides have to want one: the member asks, the association
-- confirms. Only then is there a row in membership.
create table membership_request (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  association_id uuid not null,
  state text not null default 'OPEN',
  reason text null,
  requested_on date not null default current_date,
  primary key (id)
);
create index membership_request_association_id_state_index on membership_request (association_id, state);
create index membership_request_organisation_id_index on membership_request (organisation_id);
alter table membership_request add constraint membership_request_state_check check (state in ('OPEN', 'CONFIRMED', 'REFUSED'));
alter table membership_request add constraint membership_request_organisation_id_foreign foreign key (organisation_id) references organisation (id) on delete cascade;
alter table membership_request add constraint membership_request_association_id_foreign foreign key (association_id) references organisation (id) on delete cascade;

alter table membership_request enable row level security;
alter table membership_request force row level security;
create policy owner_all on membership_request to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_both_sides on membership_request for select
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]) or association_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy insert_member on membership_request for insert
  with check (state = 'OPEN' and organisation_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy refuse_association on membership_request for update
  using (state = 'OPEN' and association_id = any((select viewer_managed_organisation_ids())::uuid[]))
  with check (state = 'REFUSED');
grant select, insert (id, organisation_id, association_id), update (state, reason)
  on membership_request to netzwerkdiakonie_app;

create function confirm_membership(wanted_request_id uuid) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  request membership_request;
begin
  update membership_request set state = 'CONFIRMED'
    where membership_request.id = wanted_request_id and membership_request.state = 'OPEN'
      and membership_request.association_id = any(viewer_managed_organisation_ids())
    returning * into request;
  if request.id is null then
    return false;
  end if;
  -- A membership that was to end goes on.
  update membership set valid_until = null
    where membership.organisation_id = request.organisation_id
      and membership.association_id = request.association_id
      and membership.valid_from <= current_date
      and (membership.valid_until is null or membership.valid_until > current_date);
  if not found then
    delete from membership
      where membership.organisation_id = request.organisation_id
        and membership.association_id = request.association_id and membership.valid_from > current_date;
    insert into membership (organisation_id, association_id, valid_from)
      values (request.organisation_id, request.association_id, current_date);
  end if;
  return true;
end $$;

-- Either side ends a membership, never makes one longer: that takes both.
create function end_membership(wanted_organisation_id uuid, wanted_association_id uuid, first_day_without date) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended membership;
begin
  if first_day_without < current_date
    or not array[wanted_organisation_id, wanted_association_id] && viewer_managed_organisation_ids() then
    return false;
  end if;
  select * into ended from membership
    where membership.organisation_id = wanted_organisation_id
      and membership.association_id = wanted_association_id
      and (membership.valid_until is null or membership.valid_until > first_day_without)
    order by membership.valid_from desc limit 1
    for update;
  if ended.id is null then
    return false;
  elsif ended.valid_from >= first_day_without then
    delete from membership where membership.id = ended.id;
  else
    update membership set valid_until = first_day_without where membership.id = ended.id;
  end if;
  -- Whoever joins again gives a new mandate.
  if first_day_without = current_date then
    update mandate set revoked_on = current_date
      where mandate.organisation_id = wanted_organisation_id
        and mandate.association_id = wanted_association_id and mandate.revoked_on is null;
  end if;
  return true;
end $$;

-- An organisation lets an association act for it, until a day.
create table mandate (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  association_id uuid not null,
  granted_on date not null default current_date,
  last_day date not null,
  revoked_on date null,
  primary key (id)
);
create index mandate_association_id_index on mandate (association_id);
create index mandate_organisation_id_index on mandate (organisation_id);
alter table mandate add constraint mandate_days check (last_day >= granted_on and last_day <= granted_on + 366);
alter table mandate add constraint mandate_organisation_id_foreign foreign key (organisation_id) references organisation (id) on delete cascade;
alter table mandate add constraint mandate_association_id_foreign foreign key (association_id) references organisation (id) on delete cascade;

alter table mandate enable row level security;
alter table mandate force row level security;
create policy owner_all on mandate to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_both_sides on mandate for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or association_id = any((select viewer_organisation_ids())::uuid[]));
create policy insert_managed on mandate for insert
  with check (revoked_on is null and organisation_id = any((select viewer_managed_organisation_ids())::uuid[]) and exists (select from current_membership where current_membership.organisation_id = mandate.organisation_id and current_membership.association_id = mandate.association_id));
create policy revoke_managed on mandate for update
  using (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_managed_organisation_ids())::uuid[]) and revoked_on is not null);
grant select, insert (id, organisation_id, association_id, last_day), update (revoked_on) on mandate to netzwerkdiakonie_app;

-- A mandate holds until its last day, until it is revoked, and only as long as the membership lasts
-- during which it was given: joining once more does not bring it back.
create view holding_mandate with (security_invoker = true) as
  select mandate.id, mandate.organisation_id, mandate.association_id
  from mandate
  where mandate.revoked_on is null and mandate.last_day >= current_date
    and exists (
      select from membership
      where membership.organisation_id = mandate.organisation_id
        and membership.association_id = mandate.association_id
        and membership.valid_from <= mandate.granted_on
        and (membership.valid_until is null or membership.valid_until > current_date));
grant select on holding_mandate to netzwerkdiakonie_app;

-- Which mandate a session acts by; its organisation_id is the association then.
alter table auth_session add column mandate_id uuid null;
alter table auth_session add constraint auth_session_mandate_id_foreign foreign key (mandate_id) references mandate (id) on delete set null;

-- The organisation that somebody may act for by a mandate now, or null.
create function mandated_organisation_id(wanted_mandate_id uuid, wanted_account_id uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (
    select holding_mandate.organisation_id from holding_mandate
    join role_assignment on role_assignment.organisation_id = holding_mandate.association_id
    where holding_mandate.id = wanted_mandate_id and role_assignment.account_id = wanted_account_id
      and role_assignment.role in ('EDITOR', 'EXECUTIVE', 'ADVISOR'));

-- Through which association an organisation posted, where it did not do so itself.
alter table problem add column submitted_by_id uuid null;
alter table problem add constraint problem_submitted_by_id_foreign foreign key (submitted_by_id) references organisation (id) on delete set null;
alter table solution add column submitted_by_id uuid null;
alter table solution add constraint solution_submitted_by_id_foreign foreign key (submitted_by_id) references organisation (id) on delete set null;
alter table answer add column submitted_by_id uuid null;
alter table answer add constraint answer_submitted_by_id_foreign foreign key (submitted_by_id) references organisation (id) on delete set null;

-- Acting by mandate shows what the organisation itself sees of its own, but not what its other
-- associations share among their members: that is theirs to give.
drop function find_session(bytea);
create function find_session(presented_hash bytea)
  returns table (
    session_id uuid, account_id uuid, name text, organisation_id uuid, mandated_association_id uuid,
    role_assignments jsonb, organisation_ids uuid[], association_ids uuid[],
    is_on_shared_device boolean
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select auth_session.id, account.id, coalesce(account.display_name, account.user_name),
    coalesce(acted.organisation_id, auth_session.organisation_id),
    case when acted.organisation_id is not null then auth_session.organisation_id end,
    assigned.role_assignments,
    case when acted.organisation_id is null then assigned.organisation_ids
      else assigned.organisation_ids || acted.organisation_id end,
    associations_of(assigned.organisation_ids), auth_session.is_shared_device
  from auth_session
  join account on account.id = auth_session.account_id
  join lateral (
    select jsonb_agg(jsonb_build_object('organisationId', role_assignment.organisation_id, 'role', role)
        order by role_assignment.organisation_id) as role_assignments,
      array_agg(role_assignment.organisation_id) as organisation_ids
    from role_assignment where role_assignment.account_id = account.id
  ) assigned on auth_session.organisation_id = any(assigned.organisation_ids)
  cross join lateral mandated_organisation_id(auth_session.mandate_id, auth_session.account_id)
    as acted (organisation_id)
  where auth_session.token_hash = presented_hash
    and auth_session.expires_at > now() and auth_session.idle_expires_at > now();
end;

revoke execute on function
  viewer_decides_claims_of(uuid), find_claim(bytea), delete_old_claims(), carry_out_claim(uuid, uuid),
  confirm_claim(uuid, uuid), invite_member(uuid, uuid, text, text, text, uuid), claim_by_sign_in(),
  confirm_membership(uuid), end_membership(uuid, uuid, date), mandated_organisation_id(uuid, uuid),
  find_session(bytea) from public;
grant execute on function
  viewer_decides_claims_of(uuid), find_claim(bytea), delete_old_claims(), confirm_claim(uuid, uuid),
  invite_member(uuid, uuid, text, text, text, uuid), confirm_membership(uuid),
  end_membership(uuid, uuid, date), find_session(bytea) to netzwerkdiakonie_app;
