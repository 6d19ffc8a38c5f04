-- A fifth circle, chosen organisation by organisation, and asking without a name.
-- See docs/decisions/0016.

alter table problem add column selected_organisation_ids uuid[] not null default '{}';
alter table problem_version add column selected_organisation_ids uuid[] not null default '{}';
alter table solution add column selected_organisation_ids uuid[] not null default '{}';
alter table solution_version add column selected_organisation_ids uuid[] not null default '{}';
alter table answer add column selected_organisation_ids uuid[] not null default '{}';

alter table problem add column anonymous_to_network boolean not null default false;
alter table answer add column anonymous_to_network boolean not null default false;

alter table problem drop constraint problem_visibility_check;
alter table problem add constraint problem_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'));
alter table problem_version drop constraint problem_version_visibility_check;
alter table problem_version add constraint problem_version_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'));
alter table solution drop constraint solution_visibility_check;
alter table solution add constraint solution_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'));
alter table solution_version drop constraint solution_version_visibility_check;
alter table solution_version add constraint solution_version_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'));
alter table answer drop constraint answer_visibility_check;
alter table answer add constraint answer_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'));

-- A pseudonym is an organisation that stands for another in one thread. Its name is empty, so that no
-- search finds it; what it is called is a matter of the reader's language.
alter table organisation add column is_pseudonym boolean not null default false;
alter table organisation add constraint organisation_pseudonym_check
  check (not is_pseudonym or (code is null and name = '' and seat is null and kind = 'undisclosed'));

-- The people of an association who relay messages between askers without a name and others.
create table mediator (
  association_id uuid not null,
  account_id uuid not null,
  primary key (association_id)
);
alter table mediator add constraint mediator_association_id_foreign foreign key (association_id) references organisation (id) on update cascade on delete cascade;
alter table mediator add constraint mediator_account_id_foreign foreign key (account_id) references account (id) on delete cascade;

-- The one link between a pseudonym and who stands behind it.
create table pseudonym (
  id uuid not null,
  organisation_id uuid not null,
  author_id uuid null,
  mediating_association_id uuid null,
  fields_of_work text[] not null,
  primary key (id)
);
create index pseudonym_organisation_id_index on pseudonym (organisation_id);
alter table pseudonym add constraint pseudonym_id_foreign foreign key (id) references organisation (id) on update cascade on delete cascade;
alter table pseudonym add constraint pseudonym_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table pseudonym add constraint pseudonym_author_id_foreign foreign key (author_id) references account (id) on delete set null;
alter table pseudonym add constraint pseudonym_mediating_association_id_foreign foreign key (mediating_association_id) references organisation (id) on delete set null;

alter table mediator enable row level security;
alter table mediator force row level security;
create policy owner_all on mediator to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_association on mediator for select
  using (association_id = any((select viewer_association_ids())::uuid[]));
create policy insert_managed on mediator for insert
  with check (association_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy update_managed on mediator for update
  using (association_id = any((select viewer_managed_organisation_ids())::uuid[]))
  with check (association_id = any((select viewer_managed_organisation_ids())::uuid[]));
create policy delete_managed on mediator for delete
  using (association_id = any((select viewer_managed_organisation_ids())::uuid[]));
grant select, insert, update, delete on mediator to netzwerkdiakonie_app;

alter table pseudonym enable row level security;
alter table pseudonym force row level security;
create policy owner_all on pseudonym to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own on pseudonym for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy read_as_mediator on pseudonym for select
  using (mediating_association_id in (select mediator.association_id from mediator
    where mediator.account_id = (select viewer_actor_id())
      and mediator.association_id = any((select viewer_managed_organisation_ids())::uuid[])));
create policy insert_own on pseudonym for insert
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy update_own on pseudonym for update
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]))
  with check (organisation_id = any((select viewer_organisation_ids())::uuid[]));
grant select, insert, update (fields_of_work) on pseudonym to netzwerkdiakonie_app;

-- Pseudonyms that the viewer may meet as one of its own associations: it says which pseudonyms these
-- are, never whom they stand for. Read today's memberships, as the policies do for everybody else.
create function viewer_neighbouring_pseudonym_ids() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(
    (select array_agg(pseudonym.id) from pseudonym
      where pseudonym.organisation_id = any(viewer_association_ids())
        or pseudonym.organisation_id in (
          select membership.organisation_id from membership
          where membership.association_id = any(viewer_association_ids())
            and membership.valid_from <= current_date
            and (membership.valid_until is null or membership.valid_until > current_date))),
    '{}');

-- Pseudonyms of the people who present the hash of a session or a token. The body is text: the two
-- functions it asks may be replaced by later migrations.
create function find_pseudonyms(presented_hash bytea)
  returns table (pseudonym_id uuid, organisation_id uuid, is_author boolean, has_author boolean)
  language sql stable security definer set search_path = public, pg_temp as $$
  select pseudonym.id, pseudonym.organisation_id, coalesce(pseudonym.author_id = caller.account_id, false),
    pseudonym.author_id is not null
  from (
    select found.account_id, found.organisation_ids from find_session(presented_hash) found
    union all
    select null::uuid, array[found.organisation_id] from find_api_token(presented_hash) found
  ) caller
  join pseudonym on pseudonym.organisation_id = any(caller.organisation_ids)
$$;


-- The row policies with the new circle; what they say is in policies.ts.

alter policy read_visible on problem
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (state <> 'IN_REVIEW' and case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'SELECTED_ORGANISATIONS' then selected_organisation_ids && (select viewer_organisation_ids())::uuid[]
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
      or organisation_id = any((select viewer_neighbouring_pseudonym_ids())::uuid[])
    else false
  end));
alter policy read_visible on problem_version
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'SELECTED_ORGANISATIONS' then selected_organisation_ids && (select viewer_organisation_ids())::uuid[]
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
      or organisation_id = any((select viewer_neighbouring_pseudonym_ids())::uuid[])
    else false
  end and exists (select from problem entry where entry.id = entry_id)));
alter policy read_visible on solution
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (state <> 'IN_REVIEW' and case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'SELECTED_ORGANISATIONS' then selected_organisation_ids && (select viewer_organisation_ids())::uuid[]
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
      or organisation_id = any((select viewer_neighbouring_pseudonym_ids())::uuid[])
    else false
  end));
alter policy read_visible on solution_version
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or (case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'SELECTED_ORGANISATIONS' then selected_organisation_ids && (select viewer_organisation_ids())::uuid[]
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
      or organisation_id = any((select viewer_neighbouring_pseudonym_ids())::uuid[])
    else false
  end and exists (select from solution entry where entry.id = entry_id)));
alter policy read_visible on answer
  using (state = 'PUBLISHED' and (organisation_id = any((select viewer_organisation_ids())::uuid[]) or case visibility
    when 'PUBLIC' then (select viewer_kind()) is not null
    when 'ALL_MEMBERS' then (select viewer_kind()) = 'member'
    when 'SELECTED_ORGANISATIONS' then selected_organisation_ids && (select viewer_organisation_ids())::uuid[]
    when 'OWN_ASSOCIATION' then organisation_id = any((select viewer_association_ids())::uuid[])
      or organisation_id in (select current_membership.organisation_id from current_membership
        where association_id = any((select viewer_association_ids())::uuid[]))
      or organisation_id = any((select viewer_neighbouring_pseudonym_ids())::uuid[])
    else false
  end));

-- The directory is open; a pseudonym is there for whoever sees what it asks.
alter policy read_directory on organisation
  using ((select viewer_kind()) is not null and (not is_pseudonym or exists (select from pseudonym where pseudonym.id = organisation.id) or exists (select from problem where problem.organisation_id = organisation.id) or exists (select from notice where notice.organisation_id = organisation.id)));
create policy insert_pseudonym on organisation for insert
  with check (is_pseudonym and id = any((select viewer_organisation_ids())::uuid[]));
grant insert (id, name, kind, umbrella, size_class, states, claimed, is_pseudonym)
  on organisation to netzwerkdiakonie_app;

-- What a pseudonym shows changes with its problem. A grant on the columns would open them for every
-- organisation that somebody manages.
create function show_of_pseudonym(
  pseudonym_id uuid, shown_umbrella text, shown_size_class text, shown_states text
) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  update organisation
    set umbrella = shown_umbrella, size_class = shown_size_class, states = shown_states
    where organisation.id = pseudonym_id and organisation.is_pseudonym
      and organisation.id = any(viewer_organisation_ids());
end;

-- Answers follow their problem in the new column, too.

create or replace function copy_visibility_from_problem() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select organisation_id, visibility, selected_organisation_ids, state
    into strict new.organisation_id, new.visibility, new.selected_organisation_ids, new.state
    from problem where problem.id = new.problem_id
    for no key update;
  return new;
end $$;

create or replace function copy_visibility_to_answers() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update answer
    set organisation_id = new.organisation_id, visibility = new.visibility,
      selected_organisation_ids = new.selected_organisation_ids, state = new.state
    where answer.problem_id = new.id;
  return null;
end $$;

drop trigger copy_visibility_to_answers on problem;
create trigger copy_visibility_to_answers
  after update of organisation_id, visibility, selected_organisation_ids, state on problem
  for each row
  when ((old.organisation_id, old.visibility, old.selected_organisation_ids, old.state)
    is distinct from (new.organisation_id, new.visibility, new.selected_organisation_ids, new.state))
  execute function copy_visibility_to_answers();

-- Letters between the people behind a pseudonym and others, each passed on by a mediator.

create table mediation_message (
  id uuid not null default gen_random_uuid(),
  problem_id uuid not null,
  asker_organisation_id uuid not null,
  other_organisation_id uuid not null,
  from_asker boolean not null default false,
  body text not null,
  state text not null default 'WAITING',
  reason text null,
  written_on date not null default current_date,
  primary key (id)
);
create index mediation_message_problem_id_index on mediation_message (problem_id);
create index mediation_message_asker_organisation_id_state_index on mediation_message (asker_organisation_id, state);
alter table mediation_message add constraint mediation_message_state_check check (state in ('WAITING', 'RELAYED', 'DECLINED'));
alter table mediation_message add constraint mediation_message_problem_id_foreign foreign key (problem_id) references problem (id);
alter table mediation_message add constraint mediation_message_asker_organisation_id_foreign foreign key (asker_organisation_id) references organisation (id);
alter table mediation_message add constraint mediation_message_other_organisation_id_foreign foreign key (other_organisation_id) references organisation (id);

alter table mediation_message enable row level security;
alter table mediation_message force row level security;
create policy owner_all on mediation_message to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_sent_or_relayed on mediation_message for select
  using ((from_asker or state = 'RELAYED') and asker_organisation_id = any((select viewer_organisation_ids())::uuid[]) or (not from_asker or state = 'RELAYED') and other_organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy read_as_mediator on mediation_message for select
  using (asker_organisation_id in (select pseudonym.id from pseudonym
    where pseudonym.mediating_association_id in (select mediator.association_id from mediator
      where mediator.account_id = (select viewer_actor_id())
        and mediator.association_id = any((select viewer_managed_organisation_ids())::uuid[]))));
create policy insert_sent on mediation_message for insert
  with check (state = 'WAITING' and reason is null and case when from_asker then asker_organisation_id else other_organisation_id end = any((select viewer_organisation_ids())::uuid[]) and exists (select from problem where problem.id = problem_id and problem.organisation_id = asker_organisation_id));
create policy decide_as_mediator on mediation_message for update
  using (state = 'WAITING' and asker_organisation_id in (select pseudonym.id from pseudonym
    where pseudonym.mediating_association_id in (select mediator.association_id from mediator
      where mediator.account_id = (select viewer_actor_id())
        and mediator.association_id = any((select viewer_managed_organisation_ids())::uuid[]))))
  with check (state <> 'WAITING');
grant select, insert on mediation_message to netzwerkdiakonie_app;
grant update (state, reason) on mediation_message to netzwerkdiakonie_app;

-- Notices about what is asked without a name: the log is that of who asks, but who decides must not
-- show whose association it is. A pseudonym belongs to none, so any association with somebody does.

create or replace function owner_behind(organisation_id uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return coalesce(
    (select pseudonym.organisation_id from pseudonym where pseudonym.id = owner_behind.organisation_id),
    owner_behind.organisation_id);

create or replace function viewer_moderated_notice_ids() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with live as materialized (
    select notice.id, notice.organisation_id as owner_id, deciders_of(notice) as deciders
    from notice
    where cardinality(viewer_managed_organisation_ids()) > 0
      and (notice.secret_hash is not null or notice.locks)
  ), responsible as materialized (
    select owner_id, deciders, moderating_association_ids(owner_id, deciders) as association_ids
    from (select distinct live.owner_id, live.deciders from live) cases
  )
  select coalesce(array_agg(live.id), '{}')
  from live join responsible using (owner_id, deciders)
  where responsible.association_ids && viewer_managed_organisation_ids()
    and (owner_id <> all(viewer_organisation_ids()) or association_ids = array[owner_id]);
end;

create or replace function viewer_deciding_association_id(wanted_notice_id uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select min(association_id::text)::uuid from notice,
      unnest(moderating_association_ids(notice.organisation_id, deciders_of(notice))) association_id
    where notice.id = wanted_notice_id and notice.id = any(viewer_moderated_notice_ids())
      and association_id = any(viewer_managed_organisation_ids()));

-- Lifting is for the author; where that was a system or a person who has left, for those who manage
-- the organisation. Everything moves in one transaction, and the link goes. There is no way back.
create function lift_anonymity(wanted_problem_id uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  link pseudonym;
begin
  select pseudonym.* into link
    from problem join pseudonym on pseudonym.id = problem.organisation_id
    where problem.id = wanted_problem_id
      and (pseudonym.author_id = viewer_actor_id() and pseudonym.organisation_id = any(viewer_organisation_ids())
        or pseudonym.author_id is null and pseudonym.organisation_id = any(viewer_managed_organisation_ids()))
    for update of problem, pseudonym;
  if not found then
    raise exception 'Only the author lifts the anonymity of a problem';
  end if;
  update problem
    set organisation_id = link.organisation_id, author_id = link.author_id,
      fields_of_work = link.fields_of_work, anonymous_to_network = false
    where problem.id = wanted_problem_id;
  update problem_version set organisation_id = link.organisation_id
    where problem_version.organisation_id = link.id;
  update answer set answering_organisation_id = link.organisation_id, anonymous_to_network = false
    where answer.answering_organisation_id = link.id;
  update solution
    set credited_organisation_ids = array_replace(credited_organisation_ids, link.id, link.organisation_id)
    where link.id = any(credited_organisation_ids);
  update mediation_message
    set asker_organisation_id = link.organisation_id,
      state = case state when 'WAITING' then 'RELAYED' else state end
    where asker_organisation_id = link.id;
  update notice set organisation_id = link.organisation_id where notice.organisation_id = link.id;
  update notice_decision set organisation_id = link.organisation_id
    where notice_decision.organisation_id = link.id;
  update notice_objection set organisation_id = link.organisation_id
    where notice_objection.organisation_id = link.id;
  delete from organisation where organisation.id = link.id;
end $$;

-- What the people of an association call their mediator, and who of them could be it.

create function find_mediator_names(association_ids uuid[])
  returns table (association_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select mediator.association_id, coalesce(account.display_name, account.user_name)
  from mediator join account on account.id = mediator.account_id
  where mediator.association_id = any(association_ids)
    and mediator.association_id = any(viewer_organisation_ids());
end;

create function find_mediator_candidates(association_ids uuid[])
  returns table (association_id uuid, account_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select role_assignment.organisation_id, account.id, coalesce(account.display_name, account.user_name)
  from role_assignment join account on account.id = role_assignment.account_id
  where role_assignment.organisation_id = any(association_ids)
    and role_assignment.organisation_id = any(viewer_managed_organisation_ids())
    and role_assignment.role in ('EDITOR', 'EXECUTIVE')
  order by 3, 2;
end;

-- Keys of calls are stored as hashes from now on, results under a mask that the key gives.
delete from idempotency_record;

revoke execute on function viewer_neighbouring_pseudonym_ids(), find_pseudonyms(bytea), lift_anonymity(uuid),
  show_of_pseudonym(uuid, text, text, text), find_mediator_names(uuid[]), find_mediator_candidates(uuid[])
  from public;
grant execute on function viewer_neighbouring_pseudonym_ids(), find_pseudonyms(bytea), lift_anonymity(uuid),
  show_of_pseudonym(uuid, text, text, text), find_mediator_names(uuid[]), find_mediator_candidates(uuid[])
  to netzwerkdiakonie_app;
