-- Tables as the entities describe them; a test compares both.

create table account (
  id uuid not null default gen_random_uuid(),
  user_name text not null,
  password_hash text not null,
  is_demo boolean not null default false,
  primary key (id)
);
alter table account add constraint account_user_name_unique unique (user_name);

create table idempotency_record (
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  result_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (actor_id, key)
);

create table organisation (
  id uuid not null default gen_random_uuid(),
  code text null,
  name text not null,
  kind text not null,
  umbrella text null,
  size_class text null,
  seat text null,
  states text null,
  claimed boolean not null default false,
  is_demo boolean not null default false,
  merged_into_id uuid null,
  merged_on date null,
  search_document tsvector generated always as (setweight(to_tsvector('german', name), 'A')) stored null,
  primary key (id)
);
alter table organisation add constraint organisation_code_unique unique (code);
create index organisation_search_document_index on organisation using gin (search_document);

create table membership (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  association_id uuid not null,
  valid_from date not null,
  valid_until date null,
  primary key (id)
);
create index membership_association_id_organisation_id_index on membership (association_id, organisation_id);
alter table membership add constraint membership_organisation_id_association_id_valid_from_unique unique (organisation_id, association_id, valid_from);
alter table membership add constraint membership_days check (valid_until is null or valid_until > valid_from);

create table auth_session (
  id uuid not null default gen_random_uuid(),
  token_hash bytea not null,
  account_id uuid not null,
  organisation_id uuid not null,
  expires_at timestamptz not null,
  primary key (id)
);
alter table auth_session add constraint auth_session_token_hash_unique unique (token_hash);

create table api_token (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  expires_at timestamptz not null,
  primary key (id)
);
alter table api_token add constraint api_token_token_hash_unique unique (token_hash);

create table problem (
  id uuid not null default gen_random_uuid(),
  code text null,
  title text not null,
  body text not null default '',
  organisation_id uuid not null,
  author_id uuid null,
  visibility text not null,
  state text not null,
  fields_of_work text[] not null,
  competences text[] not null default '{}',
  ai_share text not null default 'NONE',
  licence text null,
  as_of date not null default current_date,
  published_at timestamptz not null default clock_timestamp(),
  version int not null default 1,
  status text not null default 'OPEN',
  answer_count int not null default 0,
  same_here_count int not null default 0,
  search_document tsvector generated always as (setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', body), 'C')) stored null,
  primary key (id)
);
alter table problem add constraint problem_code_unique unique (code);
create index problem_published_at_id_index on problem (published_at, id);
create index problem_organisation_id_index on problem (organisation_id);
create index problem_fields_of_work_index on problem using gin (fields_of_work);
create index problem_competences_index on problem using gin (competences);
create index problem_search_document_index on problem using gin (search_document);
alter table problem add constraint problem_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'));
alter table problem add constraint problem_state_check check (state in ('IN_REVIEW', 'PUBLISHED', 'WITHDRAWN'));
alter table problem add constraint problem_ai_share_check check (ai_share in ('NONE', 'AI_ASSISTED', 'AI_GENERATED', 'MACHINE_TRANSLATED', 'MACHINE_SIMPLIFIED'));
alter table problem add constraint problem_status_check check (status in ('OPEN', 'ANSWERED', 'TRIED', 'SOLVED', 'UNSOLVED', 'PARKED'));

create table problem_version (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  visibility text not null,
  number int not null,
  title text not null,
  summary text null,
  body text not null,
  change_note text null,
  as_of date not null default current_date,
  entry_id uuid not null,
  primary key (id)
);
alter table problem_version add constraint problem_version_entry_id_number_unique unique (entry_id, number);
alter table problem_version add constraint problem_version_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'));

create table role_assignment (
  account_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  primary key (account_id, organisation_id)
);
alter table role_assignment add constraint role_assignment_role_check check (role in ('ADVISOR', 'SPECIALIST_CONSULTANT', 'EXECUTIVE', 'MANAGER', 'PRACTITIONER', 'IT', 'DPO', 'STAFF_COUNCIL', 'MULTIPLIER', 'VOLUNTEER', 'EDITOR'));

create table same_here (
  problem_id uuid not null,
  organisation_id uuid not null,
  primary key (problem_id, organisation_id)
);

create table solution (
  id uuid not null default gen_random_uuid(),
  code text null,
  title text not null,
  body text not null default '',
  organisation_id uuid not null,
  author_id uuid null,
  visibility text not null,
  state text not null,
  fields_of_work text[] not null,
  competences text[] not null default '{}',
  ai_share text not null default 'NONE',
  licence text null,
  as_of date not null default current_date,
  published_at timestamptz not null default clock_timestamp(),
  version int not null default 1,
  summary text not null,
  kind text not null,
  tool_categories text[] not null default '{}',
  min_size smallint null,
  works_without_it_department boolean null,
  effort text null,
  cost_band text null,
  answer_id uuid null,
  problem_id uuid null,
  credited_organisation_ids uuid[] not null default '{}',
  search_document tsvector generated always as (setweight(to_tsvector('german', title), 'A') || setweight(to_tsvector('german', summary), 'B') || setweight(to_tsvector('german', body), 'C')) stored null,
  primary key (id)
);
alter table solution add constraint solution_code_unique unique (code);
create index solution_problem_id_index on solution (problem_id);
create index solution_published_at_id_index on solution (published_at, id);
create index solution_organisation_id_index on solution (organisation_id);
create index solution_fields_of_work_index on solution using gin (fields_of_work);
create index solution_competences_index on solution using gin (competences);
create index solution_search_document_index on solution using gin (search_document);
alter table solution add constraint solution_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'));
alter table solution add constraint solution_state_check check (state in ('IN_REVIEW', 'PUBLISHED', 'WITHDRAWN'));
alter table solution add constraint solution_ai_share_check check (ai_share in ('NONE', 'AI_ASSISTED', 'AI_GENERATED', 'MACHINE_TRANSLATED', 'MACHINE_SIMPLIFIED'));
alter table solution add constraint solution_kind_check check (kind in ('PROCESS', 'TEMPLATE', 'FORMAT', 'ORGANISATION', 'TOOL'));
alter table solution add constraint solution_effort_check check (effort in ('HOURS', 'DAYS', 'WEEKS', 'MONTHS'));
alter table solution add constraint solution_cost_band_check check (cost_band in ('FREE', 'LT_500', 'LT_5K', 'LT_25K', 'GT_25K', 'UNKNOWN'));

create table answer (
  id uuid not null default gen_random_uuid(),
  problem_id uuid not null,
  answering_organisation_id uuid not null,
  author_id uuid null,
  type text not null,
  body text not null,
  solution_id uuid null,
  accepted boolean not null default false,
  withdrawn boolean not null default false,
  ai_share text not null default 'NONE',
  created_at timestamptz not null default clock_timestamp(),
  organisation_id uuid not null,
  visibility text not null default 'OWN_ORGANISATION',
  state text not null default 'IN_REVIEW',
  primary key (id)
);
create index answer_problem_id_accepted_created_at_id_index on answer (problem_id, accepted, created_at, id);
alter table answer add constraint answer_type_check check (type in ('EXPERIENCE', 'LINK', 'OFFER_CALL', 'OFFER_JOIN', 'QUESTION'));
alter table answer add constraint answer_ai_share_check check (ai_share in ('NONE', 'AI_ASSISTED', 'AI_GENERATED', 'MACHINE_TRANSLATED', 'MACHINE_SIMPLIFIED'));
alter table answer add constraint answer_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'));
alter table answer add constraint answer_state_check check (state in ('IN_REVIEW', 'PUBLISHED', 'WITHDRAWN'));

create table solution_version (
  id uuid not null default gen_random_uuid(),
  organisation_id uuid not null,
  visibility text not null,
  number int not null,
  title text not null,
  summary text null,
  body text not null,
  change_note text null,
  as_of date not null default current_date,
  entry_id uuid not null,
  primary key (id)
);
alter table solution_version add constraint solution_version_entry_id_number_unique unique (entry_id, number);
alter table solution_version add constraint solution_version_visibility_check check (visibility in ('OWN_ORGANISATION', 'OWN_ASSOCIATION', 'ALL_MEMBERS', 'PUBLIC'));

alter table organisation add constraint organisation_merged_into_id_foreign foreign key (merged_into_id) references organisation (id) on delete set null;

alter table membership add constraint membership_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table membership add constraint membership_association_id_foreign foreign key (association_id) references organisation (id);

alter table auth_session add constraint auth_session_account_id_foreign foreign key (account_id) references account (id);
alter table auth_session add constraint auth_session_organisation_id_foreign foreign key (organisation_id) references organisation (id);

alter table api_token add constraint api_token_organisation_id_foreign foreign key (organisation_id) references organisation (id);

alter table problem add constraint problem_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table problem add constraint problem_author_id_foreign foreign key (author_id) references account (id) on delete set null;

alter table problem_version add constraint problem_version_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table problem_version add constraint problem_version_entry_id_foreign foreign key (entry_id) references problem (id);

alter table role_assignment add constraint role_assignment_account_id_foreign foreign key (account_id) references account (id) on update cascade on delete cascade;
alter table role_assignment add constraint role_assignment_organisation_id_foreign foreign key (organisation_id) references organisation (id) on update cascade on delete cascade;

alter table same_here add constraint same_here_problem_id_foreign foreign key (problem_id) references problem (id) on update cascade on delete cascade;
alter table same_here add constraint same_here_organisation_id_foreign foreign key (organisation_id) references organisation (id) on update cascade on delete cascade;

alter table solution add constraint solution_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table solution add constraint solution_author_id_foreign foreign key (author_id) references account (id) on delete set null;

alter table answer add constraint answer_problem_id_foreign foreign key (problem_id) references problem (id);
alter table answer add constraint answer_answering_organisation_id_foreign foreign key (answering_organisation_id) references organisation (id);
alter table answer add constraint answer_author_id_foreign foreign key (author_id) references account (id) on delete set null;
alter table answer add constraint answer_solution_id_foreign foreign key (solution_id) references solution (id) on delete set null;
alter table answer add constraint answer_organisation_id_foreign foreign key (organisation_id) references organisation (id);

alter table solution_version add constraint solution_version_organisation_id_foreign foreign key (organisation_id) references organisation (id);
alter table solution_version add constraint solution_version_entry_id_foreign foreign key (entry_id) references solution (id);
