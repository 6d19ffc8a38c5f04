-- Notice and action: anybody reports what they see, an association decides with reasons, both sides
-- may object, a second person decides again. See docs/decisions/0017.

-- What is locked exists for nobody but its owner's people; the row keeps all else as it was.

alter table problem drop constraint problem_state_check;
alter table problem add constraint problem_state_check check (state in ('IN_REVIEW', 'PUBLISHED', 'WITHDRAWN', 'LOCKED'));
alter table solution drop constraint solution_state_check;
alter table solution add constraint solution_state_check check (state in ('IN_REVIEW', 'PUBLISHED', 'WITHDRAWN', 'LOCKED'));
alter table answer drop constraint answer_state_check;
alter table answer add constraint answer_state_check check (state in ('IN_REVIEW', 'PUBLISHED', 'WITHDRAWN', 'LOCKED'));
-- The state of an answer follows its problem; that it is locked itself is its own.
alter table answer
  add column locked boolean not null default false,
  add column status_before_lock text null;
alter table answer add constraint answer_status_before_lock_check check (status_before_lock in ('OPEN', 'ANSWERED', 'TRIED', 'SOLVED', 'UNSOLVED', 'PARKED'));

-- Restrictive: whatever else lets somebody see a row, being locked takes it away again.
create policy hide_locked on problem as restrictive for select to netzwerkdiakonie_app
  using (state <> 'LOCKED' or organisation_id = any((select viewer_organisation_ids())::uuid[]));
create policy hide_locked on solution as restrictive for select to netzwerkdiakonie_app
  using (state <> 'LOCKED' or organisation_id = any((select viewer_organisation_ids())::uuid[]));
-- Those who gave a locked answer still see it: they read why, and may object.
create policy hide_locked on answer as restrictive for select to netzwerkdiakonie_app
  using (not locked or answering_organisation_id = any((select viewer_organisation_ids())::uuid[]));

-- Only the functions below lock and unlock: they run as the owner of the tables.
create function guard_lock() returns trigger
  language plpgsql as $$
begin
  if not pg_has_role(current_user, 'netzwerkdiakonie_owner', 'member') then
    raise exception 'Only a decision locks or unlocks' using errcode = 'ND409';
  end if;
  return new;
end $$;

create trigger guard_lock before update of state on problem for each row
  when (new.state <> old.state and (new.state = 'LOCKED' or (old.state = 'LOCKED' and new.state <> 'WITHDRAWN')))
  execute function guard_lock();
create trigger guard_lock before update of state on solution for each row
  when (new.state <> old.state and (new.state = 'LOCKED' or (old.state = 'LOCKED' and new.state <> 'WITHDRAWN')))
  execute function guard_lock();
create trigger guard_lock before update of locked on answer for each row
  when (new.locked <> old.locked) execute function guard_lock();

-- A locked answer counts for nobody, and its problem looks as if it had never come; both come back
-- with it. A status that the organisation chose meanwhile stays.
create or replace function count_answer() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  before text;
  after text;
begin
  select status into before from problem where problem.id = new.problem_id for no key update;
  update problem set answer_count = (
    select count(*) from answer
    where answer.problem_id = problem.id and not answer.withdrawn and not answer.locked
  ) where problem.id = new.problem_id;
  if tg_op = 'INSERT' then
    return null;
  end if;
  -- With the last answer that helped, the problem is no longer solved; with the last of all, open.
  if new.withdrawn and not old.withdrawn or new.locked and not old.locked then
    update problem
      set status = case when answer_count = 0 then 'OPEN' else 'ANSWERED' end
      where problem.id = new.problem_id
        and (status = 'ANSWERED' and answer_count = 0
          or status = 'SOLVED' and old.accepted and not exists (
            select from answer where answer.problem_id = problem.id and answer.accepted
              and not answer.locked))
      returning status into after;
    if new.locked and not old.locked then
      update answer set status_before_lock = case when after is null then null else before end
        where answer.id = new.id;
    end if;
  elsif old.locked and not new.locked then
    update problem set status = old.status_before_lock
      where problem.id = new.problem_id and old.status_before_lock is not null
        and status in ('OPEN', 'ANSWERED') and not new.withdrawn;
    update answer set status_before_lock = null where answer.id = new.id;
  end if;
  return null;
end $$;

drop trigger count_answer on answer;
create trigger count_answer after insert or update of withdrawn, locked on answer
  for each row execute function count_answer();

create table notice (
  id uuid not null default gen_random_uuid(),
  reference text not null,
  secret_hash bytea null,
  request_hash bytea null,
  kind text not null,
  entry_id uuid not null,
  entry_version int not null default 1,
  organisation_id uuid not null,
  reason text not null,
  explanation text not null,
  contact text null,
  state text not null default 'OPEN',
  urgent boolean not null default false,
  locks boolean not null default false,
  reported_on date not null default current_date,
  decided_on date null,
  primary key (id)
);
alter table notice add constraint notice_reference_unique unique (reference);
alter table notice add constraint notice_secret_hash_unique unique (secret_hash);
create index notice_entry_id_index on notice (entry_id);
create index notice_organisation_id_index on notice (organisation_id);
alter table notice add constraint notice_kind_check check (kind in ('PROBLEM', 'SOLUTION', 'ANSWER'));
alter table notice add constraint notice_reason_check check (reason in ('ILLEGAL', 'PERSONAL_DATA', 'COPYRIGHT', 'INSULT', 'ADVERTISING', 'ANTITRUST', 'OTHER'));
alter table notice add constraint notice_state_check check (state in ('OPEN', 'DECIDED', 'OBJECTED'));
alter table notice add constraint notice_organisation_id_foreign foreign key (organisation_id) references organisation (id);

create table notice_decision (
  id uuid not null default gen_random_uuid(),
  notice_id uuid not null,
  reference text not null,
  kind text not null,
  entry_id uuid not null,
  notice_reason text not null,
  organisation_id uuid not null,
  position smallint not null,
  decision text not null,
  reason text not null,
  rule text not null,
  provisional boolean not null default false,
  on_objection boolean not null default false,
  association_id uuid null,
  decided_by uuid null,
  decided_on date not null default current_date,
  primary key (id)
);
alter table notice_decision add constraint notice_decision_notice_id_position_unique unique (notice_id, position);
create index notice_decision_organisation_id_index on notice_decision (organisation_id);
alter table notice_decision add constraint notice_decision_kind_check check (kind in ('PROBLEM', 'SOLUTION', 'ANSWER'));
alter table notice_decision add constraint notice_decision_notice_reason_check check (notice_reason in ('ILLEGAL', 'PERSONAL_DATA', 'COPYRIGHT', 'INSULT', 'ADVERTISING', 'ANTITRUST', 'OTHER'));
alter table notice_decision add constraint notice_decision_decision_check check (decision in ('NO_ACTION', 'LOCK', 'UNLOCK', 'ASK_TO_CHANGE'));
alter table notice_decision add constraint notice_decision_notice_id_foreign foreign key (notice_id) references notice (id);
alter table notice_decision add constraint notice_decision_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table notice_decision add constraint notice_decision_association_id_foreign foreign key (association_id) references organisation (id) on delete set null;

create table notice_objection (
  id uuid not null default gen_random_uuid(),
  notice_id uuid not null,
  organisation_id uuid not null,
  side text not null,
  text text not null,
  objected_on date not null default current_date,
  primary key (id)
);
alter table notice_objection add constraint notice_objection_notice_id_side_unique unique (notice_id, side);
alter table notice_objection add constraint notice_objection_side_check check (side in ('REPORTER', 'OWNER'));
alter table notice_objection add constraint notice_objection_notice_id_foreign foreign key (notice_id) references notice (id);
alter table notice_objection add constraint notice_objection_organisation_id_foreign foreign key (organisation_id) references organisation (id);

-- Who decides. Never somebody of the organisation itself, and always somebody.

-- The organisation behind the one that an entry names.
create function owner_behind(organisation_id uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return organisation_id;

-- Associations with somebody impartial who has not decided the case before: those that the owner
-- belongs to today; where these have nobody, all others; where there is nobody at all and the owner
-- is an association, the owner.
create function moderating_association_ids(owner_id uuid, already_decided uuid[]) returns uuid[]
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  staffed uuid[];
  nearest uuid[];
begin
  select array_agg(distinct role_assignment.organisation_id order by role_assignment.organisation_id)
    into staffed
    from role_assignment
    join organisation on organisation.id = role_assignment.organisation_id
    where role_assignment.role in ('EDITOR', 'EXECUTIVE')
      and (organisation.kind like '%-association' or organisation.kind = 'umbrella')
      and organisation.id <> owner_id
      and role_assignment.account_id <> all(already_decided)
      and not exists (select from role_assignment own
        where own.account_id = role_assignment.account_id and own.organisation_id = owner_id);
  if staffed is null then
    return (select coalesce(array_agg(organisation.id), '{}') from organisation
      where organisation.id = owner_id and organisation.kind like '%-association');
  end if;
  select array_agg(distinct association_id order by association_id) into nearest from membership
    where membership.organisation_id = owner_id and association_id = any(staffed)
      and valid_from <= current_date and (valid_until is null or valid_until > current_date);
  return coalesce(nearest, staffed);
end $$;

-- Who decided a case so far, as long as the next has to be somebody else.
create function deciders_of(notice notice) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return case when notice.state = 'OBJECTED' then coalesce(
    (select array_agg(distinct decided_by order by decided_by) from notice_decision
      where notice_decision.notice_id = notice.id and decided_by is not null), '{}')
    else '{}'::uuid[] end;

-- Cases that the viewer decides: managers of a responsible association, never people of the owner
-- unless nobody else is left.
create function viewer_moderated_notice_ids() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with live as materialized (
    select notice.id, owner_behind(notice.organisation_id) as owner_id, deciders_of(notice) as deciders
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

-- Cases of which the viewer may not decide the objection, having decided them before.
create function viewer_decided_notice_ids() returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return (select coalesce(array_agg(distinct notice_id), '{}') from notice_decision
    where decided_by = viewer_actor_id());

-- For which of the viewer's associations a case is decided.
create function viewer_deciding_association_id(wanted_notice_id uuid) returns uuid
  language sql stable security definer set search_path = public, pg_temp
  return (select min(association_id::text)::uuid from notice,
      unnest(moderating_association_ids(owner_behind(notice.organisation_id), deciders_of(notice))) association_id
    where notice.id = wanted_notice_id and notice.id = any(viewer_moderated_notice_ids())
      and association_id = any(viewer_managed_organisation_ids()));

alter table notice enable row level security;
alter table notice force row level security;
create policy owner_all on notice to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_moderated on notice for select
  using (id = any((select viewer_moderated_notice_ids())::uuid[]));
create policy insert_seen on notice for insert
  with check ((select viewer_kind()) is not null and (exists (select from problem where problem.id = entry_id) or exists (select from solution where solution.id = entry_id) or exists (select from answer where answer.id = entry_id)));

alter table notice_decision enable row level security;
alter table notice_decision force row level security;
create policy owner_all on notice_decision to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own_or_moderated on notice_decision for select
  using (organisation_id = any((select viewer_organisation_ids())::uuid[]) or notice_id = any((select viewer_moderated_notice_ids())::uuid[]));
create policy insert_moderated on notice_decision for insert
  with check (notice_id = any((select viewer_moderated_notice_ids())::uuid[]) and not provisional and decided_by = (select viewer_actor_id()) and association_id = any((select viewer_managed_organisation_ids())::uuid[]));

alter table notice_objection enable row level security;
alter table notice_objection force row level security;
create policy owner_all on notice_objection to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_own_or_moderated on notice_objection for select
  using ((side = 'OWNER' and organisation_id = any((select viewer_organisation_ids())::uuid[])) or notice_id = any((select viewer_moderated_notice_ids())::uuid[]));
create policy insert_own on notice_objection for insert
  with check (side = 'OWNER' and organisation_id = any((select viewer_organisation_ids())::uuid[]));

-- Who decided and who reported is read by no query of the app: the columns are not granted.
grant select (id, reference, kind, entry_id, entry_version, organisation_id, reason, explanation,
    contact, state, urgent, locks, reported_on, decided_on),
  insert (id, reference, secret_hash, request_hash, kind, entry_id, reason, explanation, contact, locks)
  on notice to netzwerkdiakonie_app;
grant select (id, notice_id, reference, kind, entry_id, notice_reason, organisation_id, position,
    decision, reason, rule, provisional, on_objection, association_id, decided_on),
  insert (notice_id, decision, reason, rule, association_id, decided_by)
  on notice_decision to netzwerkdiakonie_app;
grant select, insert (notice_id, organisation_id, side, text) on notice_objection to netzwerkdiakonie_app;

-- Brings an entry into the state that the open locks on it demand.
create function apply_locks(kind text, wanted_entry_id uuid) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  lock_held boolean := exists (select from notice where notice.entry_id = wanted_entry_id and notice.locks);
  from_state text := case when lock_held then 'PUBLISHED' else 'LOCKED' end;
  to_state text := case when lock_held then 'LOCKED' else 'PUBLISHED' end;
begin
  case kind
    when 'PROBLEM' then
      update problem set state = to_state where problem.id = wanted_entry_id and state = from_state;
    when 'SOLUTION' then
      update solution set state = to_state where solution.id = wanted_entry_id and state = from_state;
    when 'ANSWER' then
      update answer set locked = lock_held where answer.id = wanted_entry_id and locked <> lock_held;
  end case;
end $$;

-- A new notice takes owner and version from what is reported; only what is published can be.
create function fill_notice() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case new.kind
    when 'PROBLEM' then
      select organisation_id, version into new.organisation_id, new.entry_version from problem
        where problem.id = new.entry_id and state = 'PUBLISHED' for no key update;
    when 'SOLUTION' then
      select organisation_id, version into new.organisation_id, new.entry_version from solution
        where solution.id = new.entry_id and state = 'PUBLISHED' for no key update;
    when 'ANSWER' then
      select answering_organisation_id, 1 into new.organisation_id, new.entry_version from answer
        where answer.id = new.entry_id and state = 'PUBLISHED' and not withdrawn and not locked
        for no key update;
  end case;
  if new.organisation_id is null then
    raise exception 'Only what is published can be reported' using errcode = 'ND409';
  end if;
  new.urgent := new.reason = 'PERSONAL_DATA';
  -- What a moderator has looked at is not hidden again by one click, unless it was changed since.
  new.locks := new.locks and new.urgent and viewer_kind() = 'member' and not exists (
    select from notice earlier join notice_decision on notice_decision.notice_id = earlier.id
    where earlier.entry_id = new.entry_id and earlier.entry_version = new.entry_version
      and earlier.reason = 'PERSONAL_DATA' and not notice_decision.provisional);
  return new;
end $$;

create trigger fill_notice before insert on notice for each row execute function fill_notice();

-- Hidden at once, until somebody decides. The log of the owner does not say who reported.
create function hide_at_once() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into notice_decision (notice_id, decision, reason, rule, provisional)
    values (new.id, 'LOCK', '', '', true);
  perform apply_locks(new.kind, new.entry_id);
  return null;
end $$;

create trigger hide_at_once after insert on notice for each row
  when (new.locks) execute function hide_at_once();

-- A decision takes effect with its row. After an objection, somebody else decides.
create function apply_decision() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  decided notice;
  last_decision text;
begin
  select * into strict decided from notice where notice.id = new.notice_id for no key update;
  new.reference := decided.reference;
  new.kind := decided.kind;
  new.entry_id := decided.entry_id;
  new.notice_reason := decided.reason;
  new.organisation_id := decided.organisation_id;
  new.decided_on := current_date;
  new.on_objection := decided.state = 'OBJECTED';
  select decision into last_decision from notice_decision
    where notice_decision.notice_id = decided.id and not provisional order by position desc limit 1;
  new.position := 1 + (select count(*) from notice_decision where notice_decision.notice_id = decided.id);
  if not new.provisional then
    if new.decided_by = any(deciders_of(decided))
      or new.decision = 'UNLOCK' and not decided.locks
      or decided.state = 'DECIDED' and last_decision <> 'ASK_TO_CHANGE' and new.decision <> 'UNLOCK' then
      raise exception 'This case cannot be decided so' using errcode = 'ND409';
    end if;
    update notice set state = 'DECIDED', decided_on = current_date,
        locks = case new.decision when 'LOCK' then true when 'ASK_TO_CHANGE' then locks else false end
      where notice.id = decided.id;
    perform apply_locks(decided.kind, decided.entry_id);
  end if;
  -- Nobody of the owner's people acted: the entry in their log names nobody.
  insert into audit_entry (organisation_id, actor_id, action, subject, details)
    values (owner_behind(decided.organisation_id), null,
      case when new.provisional then 'ENTRY_HIDDEN' else 'NOTICE_DECIDED' end, decided.reference,
      jsonb_build_object('decision', new.decision));
  return new;
end $$;

create trigger apply_decision before insert on notice_decision
  for each row execute function apply_decision();

-- Each side objects once, within six months of the decision.
create function apply_objection() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  decided notice;
begin
  select * into strict decided from notice where notice.id = new.notice_id for no key update;
  if decided.state = 'OPEN' or decided.decided_on + interval '6 months' < current_date
    or exists (select from notice_objection
      where notice_objection.notice_id = decided.id and side = new.side) then
    raise exception 'No objection is open here' using errcode = 'ND409';
  end if;
  new.organisation_id := decided.organisation_id;
  new.objected_on := current_date;
  update notice set state = 'OBJECTED' where notice.id = decided.id;
  if new.side = 'OWNER' then
    insert into audit_entry (organisation_id, actor_id, action, subject)
      values (owner_behind(decided.organisation_id), viewer_actor_id(), 'DECISION_OBJECTED',
        decided.reference);
  end if;
  return new;
end $$;

create trigger apply_objection before insert on notice_objection
  for each row execute function apply_objection();

-- What the holder of a secret link may know: nothing about who decided.
create function find_notice(presented_hash bytea)
  returns table (
    id uuid, reference text, request_hash bytea, kind text, entry_id uuid, reason text, state text,
    hidden boolean, reported_on text, can_object boolean, decisions jsonb, objections jsonb
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select notice.id, notice.reference, notice.request_hash, notice.kind, notice.entry_id, notice.reason,
    notice.state, notice.locks, notice.reported_on::text,
    notice.state <> 'OPEN' and notice.decided_on + interval '6 months' >= current_date
      and not exists (select from notice_objection
        where notice_objection.notice_id = notice.id and side = 'REPORTER'),
    (select coalesce(jsonb_agg(jsonb_build_object('decision', decision, 'reason', notice_decision.reason,
        'rule', rule, 'isProvisional', provisional, 'onObjection', on_objection,
        'associationId', association_id, 'decidedOn', decided_on) order by position), '[]')
      from notice_decision where notice_decision.notice_id = notice.id),
    (select coalesce(jsonb_agg(jsonb_build_object('side', side, 'text', text, 'objectedOn', objected_on)
        order by objected_on), '[]')
      from notice_objection where notice_objection.notice_id = notice.id and side = 'REPORTER')
  from notice where notice.secret_hash = presented_hash;
end;

-- The objection of whoever holds the secret link.
create function object_by_link(presented_hash bytea, objection text) returns boolean
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  reported notice;
begin
  select * into reported from notice where notice.secret_hash = presented_hash;
  if reported.id is null then
    return false;
  end if;
  insert into notice_objection (notice_id, organisation_id, side, text)
    values (reported.id, reported.organisation_id, 'REPORTER', objection);
  return true;
end $$;

-- What was reported, for those who decide about it and only while there is something to decide.
create function find_reported_entries(wanted_notice_ids uuid[])
  returns table (
    notice_id uuid, title text, body text, organisation_id uuid, problem_id uuid, locked boolean,
    withdrawn boolean, version int
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with shown as materialized (
    select notice.* from notice
    where notice.id = any(wanted_notice_ids) and notice.id = any(viewer_moderated_notice_ids())
      and (notice.state <> 'DECIDED' or notice.locks or (
        select decision from notice_decision where notice_decision.notice_id = notice.id
        order by position desc limit 1) = 'ASK_TO_CHANGE')
  )
  select shown.id, problem.title, problem.body, problem.organisation_id, problem.id,
      problem.state = 'LOCKED', problem.state = 'WITHDRAWN', problem.version
    from shown join problem on problem.id = shown.entry_id and shown.kind = 'PROBLEM'
  union all
  select shown.id, solution.title, concat_ws(E'\n\n', nullif(solution.summary, ''), solution.body),
      solution.organisation_id, solution.problem_id, solution.state = 'LOCKED',
      solution.state = 'WITHDRAWN', solution.version
    from shown join solution on solution.id = shown.entry_id and shown.kind = 'SOLUTION'
  union all
  select shown.id, problem.title, answer.body, answer.answering_organisation_id, problem.id,
      answer.locked, answer.withdrawn or answer.state = 'WITHDRAWN', 1
    from shown join answer on answer.id = shown.entry_id and shown.kind = 'ANSWER'
    join problem on problem.id = answer.problem_id;
end;

-- Six months after the last decision, what says something about a person is gone: the words and the
-- contact of the reporter, the link, the objections, and who decided. Reasons and rules stay.
create function delete_old_notices() returns int
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended uuid[];
begin
  select array_agg(notice.id) into ended from notice
    where state = 'DECIDED' and secret_hash is not null
      and decided_on + interval '6 months' < current_date;
  update notice set explanation = '', contact = null, secret_hash = null, request_hash = null
    where notice.id = any(ended);
  delete from notice_objection where notice_id = any(ended);
  update notice_decision set decided_by = null where notice_id = any(ended);
  return coalesce(cardinality(ended), 0);
end $$;

-- The audit log is a chain; its head stands where the app cannot write, so that a cut-off end shows.

create table organisation_audit_head (
  organisation_id uuid primary key references organisation (id),
  entries int not null,
  hash bytea not null
);
alter table organisation_audit_head enable row level security;
alter table organisation_audit_head force row level security;
create policy owner_all on organisation_audit_head to netzwerkdiakonie_owner
  using (true) with check (true);

insert into organisation_audit_head (organisation_id, entries, hash)
  select distinct on (organisation_id) organisation_id, position, hash from audit_entry
  order by organisation_id, position desc;

create or replace function append_audit_entry() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  head organisation_audit_head;
begin
  insert into organisation_audit_head (organisation_id, entries, hash)
    values (new.organisation_id, 0, ''::bytea) on conflict do nothing;
  select * into strict head from organisation_audit_head
    where organisation_audit_head.organisation_id = new.organisation_id for no key update;
  new.position := head.entries + 1;
  new.previous_hash := head.hash;
  new.occurred_on := current_date;
  new.hash := audit_hash(new);
  update organisation_audit_head set entries = new.position, hash = new.hash
    where organisation_audit_head.organisation_id = new.organisation_id;
  return new;
end $$;

create trigger keep_audit_log before truncate on audit_entry
  for each statement execute function refuse_change();

-- Walks the log of an organisation that the viewer manages: how many entries it must have, the first
-- position at which it is not what was written (null if it all is), and the hash of its end.
create function verify_audit_log(wanted_organisation_id uuid)
  returns table (entries int, broken_at int, head_hash bytea)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  with walked as (
    select audit_entry.position,
      row_number() over (order by audit_entry.position)::int as expected,
      audit_entry.hash = audit_hash(audit_entry.*) and audit_entry.previous_hash = coalesce(
        lag(audit_entry.hash) over (order by audit_entry.position), ''::bytea) as intact,
      audit_entry.hash
    from audit_entry where audit_entry.organisation_id = wanted_organisation_id
  ), head as (
    select coalesce(stored.entries, 0) as entries, coalesce(stored.hash, ''::bytea) as hash
    from (select wanted_organisation_id as id) wanted
    left join organisation_audit_head stored on stored.organisation_id = wanted.id
  ), tail as (
    select count(*)::int as entries,
      coalesce((select walked.hash from walked order by walked.position desc limit 1), ''::bytea) as hash
    from walked
  )
  select head.entries,
    coalesce(
      (select min(walked.expected) from walked
        where walked.position <> walked.expected or not walked.intact),
      case when tail.entries <> head.entries then least(tail.entries, head.entries) + 1
        when tail.hash <> head.hash then head.entries end),
    head.hash
  from head, tail
  where wanted_organisation_id = any(viewer_managed_organisation_ids());
end;

-- Names of those who act in a log that the viewer manages, as far as they belong to the organisation.
create function find_audit_actors(wanted_organisation_id uuid, actor_ids uuid[])
  returns table (actor_id uuid, name text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select account.id, coalesce(account.display_name, account.user_name)
    from account join role_assignment on role_assignment.account_id = account.id
    where account.id = any(actor_ids) and role_assignment.organisation_id = wanted_organisation_id
      and wanted_organisation_id = any(viewer_managed_organisation_ids())
  union all
  select api_token.id, api_token.name from api_token
    where api_token.id = any(actor_ids) and api_token.organisation_id = wanted_organisation_id
      and wanted_organisation_id = any(viewer_managed_organisation_ids());
end;

revoke execute on function
  guard_lock(), owner_behind(uuid), moderating_association_ids(uuid, uuid[]), deciders_of(notice),
  viewer_moderated_notice_ids(), viewer_decided_notice_ids(), viewer_deciding_association_id(uuid),
  apply_locks(text, uuid), fill_notice(), hide_at_once(), apply_decision(), apply_objection(),
  find_notice(bytea), object_by_link(bytea, text), find_reported_entries(uuid[]), delete_old_notices(),
  verify_audit_log(uuid), find_audit_actors(uuid, uuid[])
  from public;
grant execute on function
  viewer_moderated_notice_ids(), viewer_decided_notice_ids(), viewer_deciding_association_id(uuid),
  find_notice(bytea), object_by_link(bytea, text), find_reported_entries(uuid[]), delete_old_notices(),
  verify_audit_log(uuid), find_audit_actors(uuid, uuid[])
  to netzwerkdiakonie_app;
