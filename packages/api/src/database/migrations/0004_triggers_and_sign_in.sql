-- Functions here run as the owner ("security definer"), because they read or write rows that the
-- viewer may not. Each does one narrow thing and pins its search path.

-- Counters in the problem, so that lists need not count. They hold for every viewer alike: whoever
-- sees a problem sees all of its answers. Answers to one problem may come at once: each change waits
-- here for the one before it, as a count that began earlier would miss the other's answer.

create function count_answer() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from problem where problem.id = new.problem_id for no key update;
  update problem set answer_count = (
    select count(*) from answer where answer.problem_id = problem.id and not answer.withdrawn
  ) where problem.id = new.problem_id;
  -- With the last answer that helped, the problem is no longer solved; with the last of all, open.
  if tg_op = 'UPDATE' and new.withdrawn then
    update problem
      set status = case when answer_count = 0 then 'OPEN' else 'ANSWERED' end
      where problem.id = new.problem_id
        and (status = 'ANSWERED' and answer_count = 0
          or status = 'SOLVED' and old.accepted and not exists (
            select from answer where answer.problem_id = problem.id and answer.accepted));
  end if;
  return null;
end $$;

create trigger count_answer after insert or update of withdrawn on answer
  for each row execute function count_answer();

create function count_same_here() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update problem set same_here_count = same_here_count + case when tg_op = 'INSERT' then 1 else -1 end
  where problem.id = coalesce(new.problem_id, old.problem_id);
  return null;
end $$;

create trigger count_same_here after insert or delete on same_here
  for each row execute function count_same_here();

-- An answer is seen by whoever sees its problem: the deciding columns follow the problem. The lock is
-- the one that the counter needs later; a weaker one, raised then, could end in a deadlock.

create function copy_visibility_from_problem() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select organisation_id, visibility, state
    into strict new.organisation_id, new.visibility, new.state
    from problem where problem.id = new.problem_id
    for no key update;
  return new;
end $$;

create trigger copy_visibility_from_problem before insert on answer
  for each row execute function copy_visibility_from_problem();

create function copy_visibility_to_answers() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update answer
    set organisation_id = new.organisation_id, visibility = new.visibility, state = new.state
    where answer.problem_id = new.id;
  return null;
end $$;

create trigger copy_visibility_to_answers
  after update of organisation_id, visibility, state on problem
  for each row
  when ((old.organisation_id, old.visibility, old.state)
    is distinct from (new.organisation_id, new.visibility, new.state))
  execute function copy_visibility_to_answers();

-- The first answer that is more than a question takes a problem from open to answered.

create function mark_answered() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update problem set status = 'ANSWERED' where problem.id = new.problem_id and status = 'OPEN';
  return null;
end $$;

create trigger mark_answered after insert on answer
  for each row when (new.type <> 'QUESTION') execute function mark_answered();

-- Signing in happens before there is a viewer. These functions answer only to who presents a secret.

create function find_password(wanted_user_name text)
  returns table (account_id uuid, password_hash text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select account.id, account.password_hash from account where account.user_name = wanted_user_name;
end;

create function associations_of(organisation_ids uuid[]) returns uuid[]
  language sql stable security definer set search_path = public, pg_temp
  return organisation_ids || coalesce(
    (select array_agg(distinct association_id)
      from membership
      where organisation_id = any(organisation_ids)
        and valid_from <= current_date and (valid_until is null or valid_until > current_date)),
    '{}');

create function find_session(presented_hash bytea)
  returns table (
    session_id uuid, account_id uuid, user_name text, organisation_id uuid,
    role_assignments jsonb, organisation_ids uuid[], association_ids uuid[]
  )
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select auth_session.id, account.id, account.user_name, auth_session.organisation_id,
    assigned.role_assignments, assigned.organisation_ids, associations_of(assigned.organisation_ids)
  from auth_session
  join account on account.id = auth_session.account_id
  join lateral (
    select jsonb_agg(jsonb_build_object('organisationId', role_assignment.organisation_id, 'role', role)
        order by role_assignment.organisation_id) as role_assignments,
      array_agg(role_assignment.organisation_id) as organisation_ids
    from role_assignment where role_assignment.account_id = account.id
  ) assigned on auth_session.organisation_id = any(assigned.organisation_ids)
  where auth_session.token_hash = presented_hash and auth_session.expires_at > now();
end;

create function find_roles(wanted_account_id uuid)
  returns table (organisation_id uuid, role text)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select role_assignment.organisation_id, role_assignment.role
  from role_assignment join organisation on organisation.id = role_assignment.organisation_id
  where role_assignment.account_id = wanted_account_id
  order by organisation.name;
end;

create function find_api_token(presented_hash bytea)
  returns table (token_id uuid, name text, scopes text[], organisation_id uuid, association_ids uuid[])
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select api_token.id, api_token.name, api_token.scopes, api_token.organisation_id,
    associations_of(array[api_token.organisation_id])
  from api_token
  where api_token.token_hash = presented_hash and api_token.expires_at > now();
end;

create function find_instance_secret() returns bytea
  language sql stable security definer set search_path = public, pg_temp
  return (select secret from instance);

-- Accounts to try the platform with; none unless demo content is loaded.
create function find_demo_accounts()
  returns table (user_name text, role text, organisation_id uuid)
  language sql stable security definer set search_path = public, pg_temp
begin atomic
  select account.user_name, role_assignment.role, role_assignment.organisation_id
  from account
  join role_assignment on role_assignment.account_id = account.id
  where account.is_demo
  order by account.user_name;
end;

-- What the app role may do at all; the row policies narrow it further.

grant select on account, role_assignment, organisation, membership, current_membership to netzwerkdiakonie_app;
grant select, insert, update, delete on auth_session to netzwerkdiakonie_app;
grant select, insert, delete on idempotency_record to netzwerkdiakonie_app;
grant select, insert, update on problem, solution, answer to netzwerkdiakonie_app;
grant select, insert, update, delete on problem_version, solution_version to netzwerkdiakonie_app;
grant select, insert, delete on same_here to netzwerkdiakonie_app;

revoke execute on all functions in schema public from public;
grant execute on function
  viewer_kind(), viewer_actor_id(), viewer_organisation_ids(), viewer_association_ids(),
  find_password(text), find_roles(uuid), find_session(bytea), find_api_token(bytea),
  find_instance_secret(), find_demo_accounts()
  to netzwerkdiakonie_app;
