-- The index of the search: one row for everything that can be found, with the terms of its text as the
-- analyser of the product made them. See docs/decisions/0020.

-- Trusted: whoever may create objects in the database may create it. Finds words despite typing errors.
create extension if not exists pg_trgm;

create table search_entry (
  id uuid not null,
  entry_id uuid not null,
  kind text not null,
  part text not null,
  organisation_id uuid not null,
  visibility text not null,
  selected_organisation_ids uuid[] not null default '{}',
  state text not null,
  title text not null,
  fields_of_work text[] not null default '{}',
  competences text[] not null default '{}',
  tool_categories text[] not null default '{}',
  umbrella text null,
  as_of date null,
  ends_on date null,
  title_lexemes tsvector not null default '',
  lexemes tsvector not null default '',
  analyser_version smallint not null default 0,
  primary key (id)
);
-- An entry comes first and its terms follow: only then is it in the indices on terms. What waits in
-- their lists of new entries every search reads from one end to the other, so these are kept short.
create index search_entry_lexemes_index on search_entry using gin (lexemes)
  with (gin_pending_list_limit = 512) where analyser_version <> 0;
create index search_entry_title_lexemes_index on search_entry using gin (title_lexemes)
  with (gin_pending_list_limit = 256) where analyser_version <> 0;
create index search_entry_title_index on search_entry (lower(title) text_pattern_ops);
create index search_entry_as_of_index on search_entry (as_of desc nulls last, id);
create index search_entry_organisation_id_index on search_entry (organisation_id);
create index search_entry_waiting_index on search_entry (id) where analyser_version = 0;
alter table search_entry add constraint search_entry_kind_check check (kind in ('PROBLEM', 'SOLUTION', 'TOOL', 'ORGANISATION'));
alter table search_entry add constraint search_entry_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'SELECTED_ORGANISATIONS', 'ALL_MEMBERS', 'PUBLIC'));
alter table search_entry add constraint search_entry_state_check check (state in ('IN_REVIEW', 'PUBLISHED', 'WITHDRAWN', 'LOCKED'));
alter table search_entry add constraint search_entry_part_check check (part in ('ENTRY', 'ANSWER'));

alter table search_entry enable row level security;
alter table search_entry force row level security;
create policy owner_all on search_entry to netzwerkdiakonie_owner
  using (true) with check (true);
create policy read_visible on search_entry for select
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
grant select on search_entry to netzwerkdiakonie_app;

-- How many entries hold a term: of those that everybody sees, and of those that all members see.
-- Nothing else is counted, so that no word and no weight tells of what is hidden from somebody.
create table search_term (
  term text not null,
  public_count int not null,
  member_count int not null,
  primary key (term)
);
create index search_term_trigram_index on search_term using gin (term gin_trgm_ops);
alter table search_term enable row level security;
alter table search_term force row level security;
create policy owner_all on search_term to netzwerkdiakonie_owner
  using (true) with check (true);

create table search_statistics (
  only_row boolean not null default true,
  public_count int not null default 0,
  member_count int not null default 0,
  counted_at timestamptz not null default '-infinity',
  counting_seconds real not null default 0,
  primary key (only_row),
  constraint search_statistics_only_row_check check (only_row)
);
alter table search_statistics enable row level security;
alter table search_statistics force row level security;
create policy owner_all on search_statistics to netzwerkdiakonie_owner
  using (true) with check (true);
insert into search_statistics default values;

-- Who may see a row follows its entry in the same moment. A text that changed is out of the index
-- until its new terms are written, which the writer does in the same transaction.

create function file_search_entry(filed search_entry, same_text boolean) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into search_entry as entry (id, entry_id, kind, part, organisation_id, visibility,
      selected_organisation_ids, state, title, fields_of_work, competences, tool_categories, umbrella,
      as_of, ends_on)
    values (filed.id, filed.entry_id, filed.kind, filed.part, filed.organisation_id,
      filed.visibility, filed.selected_organisation_ids, filed.state, filed.title,
      filed.fields_of_work, filed.competences, filed.tool_categories,
      (select organisation.umbrella from organisation where organisation.id = filed.organisation_id),
      filed.as_of, filed.ends_on)
    on conflict (id) do update
      set kind = excluded.kind, organisation_id = excluded.organisation_id,
        visibility = excluded.visibility,
        selected_organisation_ids = excluded.selected_organisation_ids, state = excluded.state,
        title = excluded.title, fields_of_work = excluded.fields_of_work,
        competences = excluded.competences, tool_categories = excluded.tool_categories,
        umbrella = excluded.umbrella, as_of = excluded.as_of, ends_on = excluded.ends_on,
        title_lexemes = case when same_text then entry.title_lexemes else '' end,
        lexemes = case when same_text then entry.lexemes else '' end,
        analyser_version = case when same_text then entry.analyser_version else 0 end;
end $$;

create function file_problem() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  filed search_entry;
begin
  filed.id := new.id;
  filed.entry_id := new.id;
  filed.kind := 'PROBLEM';
  filed.part := 'ENTRY';
  filed.organisation_id := new.organisation_id;
  filed.visibility := new.visibility;
  filed.selected_organisation_ids := new.selected_organisation_ids;
  filed.state := new.state;
  filed.title := new.title;
  filed.fields_of_work := new.fields_of_work;
  filed.competences := new.competences;
  filed.tool_categories := '{}';
  filed.as_of := new.as_of;
  perform file_search_entry(filed, tg_op = 'UPDATE'
    and (old.title, old.body, old.fields_of_work, old.competences)
      = (new.title, new.body, new.fields_of_work, new.competences));
  return null;
end $$;

create function file_solution() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  filed search_entry;
begin
  filed.id := new.id;
  filed.entry_id := new.id;
  filed.kind := case new.kind when 'TOOL' then 'TOOL' else 'SOLUTION' end;
  filed.part := 'ENTRY';
  filed.organisation_id := new.organisation_id;
  filed.visibility := new.visibility;
  filed.selected_organisation_ids := new.selected_organisation_ids;
  filed.state := new.state;
  filed.title := new.title;
  filed.fields_of_work := new.fields_of_work;
  filed.competences := new.competences;
  filed.tool_categories := new.tool_categories;
  filed.as_of := new.as_of;
  perform file_search_entry(filed, tg_op = 'UPDATE'
    and (old.title, old.summary, old.body, old.fields_of_work, old.competences, old.tool_categories)
      = (new.title, new.summary, new.body, new.fields_of_work, new.competences, new.tool_categories));
  return null;
end $$;

-- What is withdrawn or locked of a thread is not found, whoever sees the rest of it.
create function file_answer() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  filed search_entry;
begin
  filed.id := new.id;
  filed.entry_id := new.problem_id;
  filed.kind := 'PROBLEM';
  filed.part := 'ANSWER';
  filed.organisation_id := new.organisation_id;
  filed.visibility := new.visibility;
  filed.selected_organisation_ids := new.selected_organisation_ids;
  filed.state := case when new.withdrawn then 'WITHDRAWN' when new.locked then 'LOCKED' else new.state end;
  filed.title := '';
  select problem.fields_of_work, problem.competences, problem.as_of
    into filed.fields_of_work, filed.competences, filed.as_of
    from problem where problem.id = new.problem_id;
  filed.tool_categories := '{}';
  perform file_search_entry(filed, tg_op = 'UPDATE' and old.body = new.body);
  return null;
end $$;

-- A pseudonym is found by nothing; an organisation that became part of another ends that day.
create function file_organisation() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  filed search_entry;
begin
  filed.id := new.id;
  filed.entry_id := new.id;
  filed.kind := 'ORGANISATION';
  filed.part := 'ENTRY';
  filed.organisation_id := new.id;
  filed.visibility := 'PUBLIC';
  filed.selected_organisation_ids := '{}';
  filed.state := 'PUBLISHED';
  filed.title := new.name;
  filed.fields_of_work := new.fields_of_work;
  filed.competences := '{}';
  filed.tool_categories := '{}';
  filed.ends_on := new.merged_on;
  perform file_search_entry(filed, tg_op = 'UPDATE'
    and (old.name, old.description, coalesce(old.seat, ''), old.fields_of_work)
      = (new.name, new.description, coalesce(new.seat, ''), new.fields_of_work));
  return null;
end $$;

create function file_umbrella() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update search_entry set umbrella = new.umbrella where search_entry.organisation_id = new.id;
  return null;
end $$;

create function file_topics_of_answers() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update search_entry
    set fields_of_work = new.fields_of_work, competences = new.competences, as_of = new.as_of
    where search_entry.entry_id = new.id and search_entry.part = 'ANSWER';
  return null;
end $$;

create function take_from_search() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from search_entry where search_entry.id = old.id;
  return null;
end $$;

create index search_entry_answer_index on search_entry (entry_id) where part = 'ANSWER';

create trigger file_new_problem after insert on problem for each row execute function file_problem();
create trigger file_changed_problem after update on problem for each row
  when ((old.organisation_id, old.visibility, old.selected_organisation_ids, old.state, old.title,
      old.body, old.fields_of_work, old.competences, old.as_of)
    is distinct from (new.organisation_id, new.visibility, new.selected_organisation_ids, new.state,
      new.title, new.body, new.fields_of_work, new.competences, new.as_of))
  execute function file_problem();
create trigger file_topics_of_answers after update on problem for each row
  when ((old.fields_of_work, old.competences, old.as_of)
    is distinct from (new.fields_of_work, new.competences, new.as_of))
  execute function file_topics_of_answers();
create trigger take_from_search after delete on problem for each row execute function take_from_search();

create trigger file_new_solution after insert on solution for each row execute function file_solution();
create trigger file_changed_solution after update on solution for each row
  when ((old.organisation_id, old.visibility, old.selected_organisation_ids, old.state, old.kind,
      old.title, old.summary, old.body, old.fields_of_work, old.competences, old.tool_categories,
      old.as_of)
    is distinct from (new.organisation_id, new.visibility, new.selected_organisation_ids, new.state,
      new.kind, new.title, new.summary, new.body, new.fields_of_work, new.competences,
      new.tool_categories, new.as_of))
  execute function file_solution();
create trigger take_from_search after delete on solution for each row execute function take_from_search();

create trigger file_new_answer after insert on answer for each row execute function file_answer();
create trigger file_changed_answer after update on answer for each row
  when ((old.organisation_id, old.visibility, old.selected_organisation_ids, old.state,
      old.withdrawn, old.locked, old.body)
    is distinct from (new.organisation_id, new.visibility, new.selected_organisation_ids, new.state,
      new.withdrawn, new.locked, new.body))
  execute function file_answer();
create trigger take_from_search after delete on answer for each row execute function take_from_search();

create trigger file_new_organisation after insert on organisation for each row
  when (not new.is_pseudonym) execute function file_organisation();
create trigger file_changed_organisation after update on organisation for each row
  when (not new.is_pseudonym and (old.name, old.description, old.seat, old.fields_of_work, old.merged_on)
    is distinct from (new.name, new.description, new.seat, new.fields_of_work, new.merged_on))
  execute function file_organisation();
create trigger file_umbrella after update of umbrella on organisation for each row
  when (old.umbrella is distinct from new.umbrella) execute function file_umbrella();
create trigger take_from_search after delete on organisation for each row execute function take_from_search();

-- Terms are written only where they are waited for: nobody changes those of an entry that stands.
create function write_search_lexemes(
  wanted_id uuid, wanted_title_lexemes tsvector, wanted_lexemes tsvector, version smallint
) returns void
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update search_entry
    set title_lexemes = wanted_title_lexemes, lexemes = wanted_lexemes, analyser_version = version
    where search_entry.id = wanted_id and search_entry.analyser_version = 0
      and search_entry.state <> 'WITHDRAWN';
end $$;

-- New terms are known at once; how often they occur is counted anew by and by. Whoever brings new
-- terms waits for others who do, last of all before the commit, so that nobody waits in a circle.
create function learn_search_terms() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  is_public boolean := new.visibility = 'PUBLIC';
begin
  if exists (
    select from unnest(new.lexemes) wanted
    where not exists (select from search_term known where known.term = wanted.lexeme
      and known.member_count > 0 and (known.public_count > 0 or not is_public)))
  then
    perform pg_advisory_xact_lock(5040114);
    insert into search_term as known (term, public_count, member_count)
      select lexeme, is_public::int, 1 from unnest(new.lexemes)
      on conflict (term) do update
        set public_count = greatest(known.public_count, excluded.public_count),
          member_count = greatest(known.member_count, excluded.member_count)
        where known.public_count < excluded.public_count or known.member_count < excluded.member_count;
  end if;
  return null;
end $$;

create constraint trigger learn_search_terms after update of lexemes, visibility, state on search_entry
  deferrable initially deferred for each row
  when (new.state = 'PUBLISHED' and new.visibility in ('PUBLIC', 'ALL_MEMBERS') and new.lexemes <> ''
    and (old.lexemes, old.visibility, old.state)
      is distinct from (new.lexemes, new.visibility, new.state))
  execute function learn_search_terms();

create function count_search_terms() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  started timestamptz := clock_timestamp();
begin
  perform from search_statistics for update;
  create temporary table counted_term on commit drop as
    select word as term, coalesce(of_public.ndoc, 0) as public_count,
      coalesce(of_public.ndoc, 0) + coalesce(of_members.ndoc, 0) as member_count
    from ts_stat($stat$select lexemes from search_entry
        where state = 'PUBLISHED' and visibility = 'PUBLIC'$stat$) of_public
    full join ts_stat($stat$select lexemes from search_entry
        where state = 'PUBLISHED' and visibility = 'ALL_MEMBERS'$stat$) of_members using (word);
  -- Only now: those who bring new terms wait for what follows, not for the counting.
  perform pg_advisory_xact_lock(5040114);
  insert into search_term as known (term, public_count, member_count)
    select counted_term.term, counted_term.public_count, counted_term.member_count
    from counted_term
    on conflict (term) do update
      set public_count = excluded.public_count, member_count = excluded.member_count
      where (known.public_count, known.member_count)
        is distinct from (excluded.public_count, excluded.member_count);
  delete from search_term
    where not exists (select from counted_term where counted_term.term = search_term.term);
  drop table counted_term;
  update search_statistics
    set public_count = (select count(*) from search_entry where state = 'PUBLISHED' and visibility = 'PUBLIC'),
      member_count = (select count(*) from search_entry
        where state = 'PUBLISHED' and visibility in ('PUBLIC', 'ALL_MEMBERS')),
      counted_at = clock_timestamp(),
      counting_seconds = extract(epoch from clock_timestamp() - started);
end $$;

-- Counting takes at most a fiftieth of the time.
create function count_search_terms_if_due() returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from search_statistics
    where counted_at + 50 * counting_seconds * interval '1 second' < clock_timestamp()
    for update skip locked)
  then
    perform count_search_terms();
  end if;
end $$;

-- What the terms of a query weigh for this viewer, and what unknown words could have meant.
create function find_search_terms(wanted text[], misspelt text[])
  returns table (word text, term text, count int, similarity real)
  language plpgsql stable security definer set search_path = public, pg_temp
  -- Two letters that changed places in a short word leave few trigrams as they were.
  set pg_trgm.similarity_threshold = 0.2 as $$
declare
  is_member boolean := viewer_kind() = 'member';
begin
  if viewer_kind() is null then
    return;
  end if;
  return query
    select null::text, null::text,
      case when is_member then member_count else public_count end, null::real
    from search_statistics;
  return query
    select known.term, known.term,
      case when is_member then known.member_count else known.public_count end, 1::real
    from search_term known
    where known.term = any(wanted)
      and case when is_member then known.member_count else known.public_count end > 0;
  return query
    select typed.word, near.term, near.count, near.similarity
    from unnest(misspelt) typed (word)
    cross join lateral (
      select known.term,
        case when is_member then known.member_count else known.public_count end as count,
        similarity(known.term, typed.word) as similarity
      from search_term known
      where known.term % typed.word and position(':' in known.term) = 0
        and case when is_member then known.member_count else known.public_count end > 0
      order by 3 desc, 1
      limit 40
    ) near
    where not exists (select from search_term known where known.term = typed.word
      and case when is_member then known.member_count else known.public_count end > 0);
end $$;

-- Candidates of a search, branch by branch, each cut at its limit. Runs past the policies, because
-- under them no index on terms can be used (its operators are not leakproof): the same rule stands
-- here in another form, so that no limit fills up with rows that the viewer does not see. Whoever
-- calls reads the rows themselves under the policies again.
create function find_search_candidates(
  queries tsquery[], in_title boolean[], row_limits int[], only_if_few boolean[], enough int,
  kinds text[], fields text[], wanted_competences text[], categories text[], umbrellas text[],
  since date, with_answers boolean
) returns table (id uuid, branch int)
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set enable_seqscan = off set work_mem = '32MB' as $$
declare
  is_member boolean := viewer_kind() = 'member';
  own uuid[] := viewer_organisation_ids();
  near uuid[];
  wanted tsquery;
  titled boolean;
  found_rows int := 0;
  branch_rows int;
begin
  if viewer_kind() is null then
    return;
  end if;
  near := viewer_association_ids() || viewer_neighbouring_pseudonym_ids() || array(
    select current_membership.organisation_id from current_membership
    where association_id = any(viewer_association_ids()));
  for number in 1 .. cardinality(queries) loop
    continue when only_if_few[number] and found_rows >= enough;
    wanted := queries[number];
    titled := in_title[number];
    return query
      select entry.id, number
      from search_entry entry
      where entry.analyser_version <> 0
        and (titled and entry.title_lexemes @@ wanted or not titled and entry.lexemes @@ wanted)
        and entry.state = 'PUBLISHED'
        and (entry.visibility = 'PUBLIC'
          or entry.visibility = 'ALL_MEMBERS' and is_member
          or entry.visibility = 'OWN_ASSOCIATION' and entry.organisation_id = any(near)
          or entry.visibility = 'SELECTED_ORGANISATIONS' and entry.selected_organisation_ids && own
          or entry.organisation_id = any(own))
        and (entry.ends_on is null or entry.ends_on > current_date)
        and (with_answers or entry.part = 'ENTRY')
        and (kinds is null or entry.kind = any(kinds))
        and (fields is null or entry.fields_of_work && fields)
        and (wanted_competences is null or entry.competences && wanted_competences)
        and (categories is null or entry.tool_categories && categories)
        and (umbrellas is null or entry.umbrella = any(umbrellas))
        and (since is null or entry.as_of >= since)
      limit row_limits[number];
    get diagnostics branch_rows = row_count;
    found_rows := found_rows + branch_rows;
  end loop;
end $$;

-- Titles that begin as typed, and titles with the words that are typed.
create function find_title_candidates(typed text, words tsquery, row_limit int)
  returns table (id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan set enable_seqscan = off set work_mem = '32MB' as $$
declare
  is_member boolean := viewer_kind() = 'member';
  own uuid[] := viewer_organisation_ids();
  near uuid[];
  pattern text := replace(replace(replace(lower(typed), '\', '\\'), '%', '\%'), '_', '\_') || '%';
begin
  if viewer_kind() is null then
    return;
  end if;
  near := viewer_association_ids() || viewer_neighbouring_pseudonym_ids() || array(
    select current_membership.organisation_id from current_membership
    where association_id = any(viewer_association_ids()));
  for by_words in 0 .. 1 loop
    return query
      select entry.id
      from search_entry entry
      where (by_words = 0 and lower(entry.title) like pattern
          or by_words = 1 and entry.analyser_version <> 0 and entry.title_lexemes @@ words)
        and entry.part = 'ENTRY' and entry.state = 'PUBLISHED'
        and (entry.visibility = 'PUBLIC'
          or entry.visibility = 'ALL_MEMBERS' and is_member
          or entry.visibility = 'OWN_ASSOCIATION' and entry.organisation_id = any(near)
          or entry.visibility = 'SELECTED_ORGANISATIONS' and entry.selected_organisation_ids && own
          or entry.organisation_id = any(own))
        and (entry.ends_on is null or entry.ends_on > current_date)
      limit row_limit;
  end loop;
end $$;

-- What was there before. The terms are PostgreSQL's own no longer: its stemmers change with versions.
drop index problem_search_document_index;
alter table problem drop column search_document;
drop index solution_search_document_index;
alter table solution drop column search_document;
drop index organisation_search_document_index;
alter table organisation drop column search_document;

-- What is there already is filed; its terms are written once the product starts.
insert into search_entry (id, entry_id, kind, part, organisation_id, visibility,
    selected_organisation_ids, state, title, fields_of_work, competences, umbrella, as_of)
  select problem.id, problem.id, 'PROBLEM', 'ENTRY', organisation_id, visibility,
    selected_organisation_ids, state, title, problem.fields_of_work, competences, organisation.umbrella, as_of
  from problem join organisation on organisation.id = problem.organisation_id;
insert into search_entry (id, entry_id, kind, part, organisation_id, visibility,
    selected_organisation_ids, state, title, fields_of_work, competences, tool_categories, umbrella, as_of)
  select solution.id, solution.id, case solution.kind when 'TOOL' then 'TOOL' else 'SOLUTION' end, 'ENTRY',
    organisation_id, visibility, selected_organisation_ids, state, title, solution.fields_of_work,
    competences, tool_categories, organisation.umbrella, as_of
  from solution join organisation on organisation.id = solution.organisation_id;
insert into search_entry (id, entry_id, kind, part, organisation_id, visibility,
    selected_organisation_ids, state, title, fields_of_work, competences, umbrella, as_of)
  select answer.id, problem.id, 'PROBLEM', 'ANSWER', answer.organisation_id, answer.visibility,
    answer.selected_organisation_ids,
    case when answer.withdrawn then 'WITHDRAWN' when answer.locked then 'LOCKED' else answer.state end,
    '', problem.fields_of_work, problem.competences, organisation.umbrella, problem.as_of
  from answer join problem on problem.id = answer.problem_id
    join organisation on organisation.id = answer.organisation_id;
insert into search_entry (id, entry_id, kind, part, organisation_id, visibility, state, title,
    fields_of_work, umbrella, ends_on)
  select id, id, 'ORGANISATION', 'ENTRY', id, 'PUBLIC', 'PUBLISHED', name, fields_of_work, umbrella, merged_on
  from organisation where not is_pseudonym;

revoke execute on function file_search_entry(search_entry, boolean), file_problem(), file_solution(),
  file_answer(), file_organisation(), file_umbrella(), file_topics_of_answers(), take_from_search(),
  learn_search_terms(), count_search_terms(), count_search_terms_if_due(),
  write_search_lexemes(uuid, tsvector, tsvector, smallint), find_search_terms(text[], text[]),
  find_search_candidates(tsquery[], boolean[], int[], boolean[], int, text[], text[], text[], text[],
    text[], date, boolean),
  find_title_candidates(text, tsquery, int)
  from public;
grant execute on function count_search_terms_if_due(),
  write_search_lexemes(uuid, tsvector, tsvector, smallint), find_search_terms(text[], text[]),
  find_search_candidates(tsquery[], boolean[], int[], boolean[], int, text[], text[], text[], text[],
    text[], date, boolean),
  find_title_candidates(text, tsquery, int)
  to netzwerkdiakonie_app;
